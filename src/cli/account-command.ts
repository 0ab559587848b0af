import { readFile } from 'node:fs/promises';
import { Command, InvalidArgumentError, Option } from 'commander';
import { ACCOUNT_ID_PATTERN, type Account, INGEST_MODES, type IngestMode } from '../domain/account.ts';
import { ServiceError } from '../domain/service-error.ts';
import { openImapMailbox } from '../mail/imap/open-imap-mailbox.ts';
import type { Context } from '../open-context.ts';
import { answer, wantsJson, withContext } from './command-context.ts';
import { renderTable } from './render-table.ts';

interface AddOptions {
  readonly host: string;
  readonly port?: number;
  readonly security: 'tls' | 'starttls' | 'none';
  readonly username: string;
  readonly passwordFile?: string;
  readonly address?: string;
  readonly name?: string;
  readonly folder: string[];
  readonly mode: IngestMode;
  readonly every: number;
  readonly allowSelfSigned: boolean;
  readonly test: boolean;
}

const PORTS = { tls: 993, starttls: 143, none: 143 } as const;

export function createAccountCommand(): Command {
  const account = new Command('account').description('mailboxes that are read');
  account.command('list').description('all accounts').action(listAccounts);
  account
    .command('add')
    .description('read an IMAP mailbox; the password comes from --password-file or MAILROOM_ACCOUNT_PASSWORD')
    .argument('<id>', 'lower-case letters, digits and dashes', parseId)
    .requiredOption('--host <host>', 'IMAP server')
    .option('--port <n>', 'default 993 with tls, else 143', (text) => parseWhole(text, 1, 65_535))
    .addOption(new Option('--security <kind>').choices(['tls', 'starttls', 'none']).default('tls'))
    .requiredOption('--username <name>')
    .option('--password-file <path>')
    .option('--address <address>', 'address that answers are sent from; default: the user name')
    .option('--name <name>', 'shown as sender; default: the id')
    .option(
      '--folder <name>',
      'repeat for more than one',
      (name: string, all: string[]) => [...all, name],
      [],
    )
    .addOption(new Option('--mode <mode>').choices([...INGEST_MODES]).default('auto'))
    .option('--every <seconds>', 'seconds between two pulls', (text) => parseWhole(text, 10, 86_400), 60)
    .option('--allow-self-signed', 'accept any certificate; loopback hosts only', false)
    .option('--no-test', 'do not log in first')
    .action(addAccount);
  return account;
}

async function listAccounts(_options: object, command: Command): Promise<void> {
  const accounts = await withContext(({ stores }) => stores.accounts.list());
  answer(wantsJson(command), accounts, () =>
    renderTable(
      ['id', 'kind', 'mode', 'state', 'every', 'last pull', 'last error'],
      accounts.map((a) => [
        a.id,
        a.kind,
        a.mode,
        a.state,
        `${a.pullEverySeconds} s`,
        a.lastPullAt?.toISOString() ?? '-',
        a.stateReason ?? a.lastPullError ?? '-',
      ]),
    ),
  );
}

async function addAccount(id: string, options: AddOptions, command: Command): Promise<void> {
  const secret = await readSecret(options.passwordFile);
  const account = toAccount(id, options);
  if (options.test && account.imap !== undefined) await (await openImapMailbox(account.imap, secret)).close();
  await withContext((context) => saveAccount(context, account, secret));
  answer(wantsJson(command), { id, mode: account.mode }, () =>
    account.mode === 'manual'
      ? `Account ${id} added. Pull it with: npm run mailroom -- pull ${id}`
      : `Account ${id} added; it is read every ${account.pullEverySeconds} s.`,
  );
}

async function saveAccount(
  { stores, sealer, schedules }: Context,
  account: Account,
  secret: string,
): Promise<void> {
  await stores.accounts.add(account, sealer.seal(Buffer.from(secret), `account/secret/${account.id}`));
  await schedules.ensure(account);
}

async function readSecret(path: string | undefined): Promise<string> {
  const fromEnvironment = process.env.MAILROOM_ACCOUNT_PASSWORD;
  if (path === undefined && fromEnvironment !== undefined && fromEnvironment !== '') return fromEnvironment;
  if (path === undefined) {
    throw new ServiceError('InvalidInput', 'The password is missing', {
      fix: 'Put it into a file and name it with --password-file, or set MAILROOM_ACCOUNT_PASSWORD.',
    });
  }
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new ServiceError('InvalidInput', `The password file ${path} cannot be read`, { cause });
  });
  return text.replace(/\r?\n$/, '');
}

function toAccount(id: string, options: AddOptions): Account {
  const { host, security, username, allowSelfSigned } = options;
  return {
    id,
    kind: 'imap',
    name: options.name ?? id,
    address: options.address ?? username,
    mode: options.mode,
    state: 'active',
    stateReason: undefined,
    pullEverySeconds: options.every,
    imap: {
      host,
      port: options.port ?? PORTS[security],
      security,
      username,
      folders: options.folder.length === 0 ? ['INBOX'] : options.folder,
      allowSelfSigned,
    },
  };
}

function parseId(text: string): string {
  if (ACCOUNT_ID_PATTERN.test(text)) return text;
  throw new InvalidArgumentError('Use 1 to 48 lower-case letters, digits and dashes.');
}

function parseWhole(text: string, from: number, to: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= from && value <= to) return value;
  throw new InvalidArgumentError(`A whole number from ${from} to ${to}.`);
}
