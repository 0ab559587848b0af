import { Command, Option } from 'commander';
import { addAccount } from '../../api/operations/add-account.ts';
import { NewAccount } from '../../api/schemas/account.ts';
import { INGEST_MODES, type IngestMode } from '../domain/account.ts';
import { ServiceError } from '../domain/service-error.ts';
import { tryLogin } from './account-login.ts';
import { answer, wantsJson, withContext } from './command-context.ts';
import { parseAccountId, parseWhole } from './parse-options.ts';
import { readSecret } from './read-secret.ts';

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
  readonly modelSeesPii: boolean;
  readonly test: boolean;
}

const PORTS = { tls: 993, starttls: 143, none: 143 } as const;

export function createAccountAddCommand(): Command {
  return new Command('add')
    .description('read an IMAP mailbox; the password comes from --password-file or MAILROOM_ACCOUNT_PASSWORD')
    .argument('<id>', 'lower-case letters, digits and dashes', parseAccountId)
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
    .addOption(new Option('--mode <mode>').choices([...INGEST_MODES]).default('hybrid'))
    .option('--every <seconds>', 'seconds between two pulls', (text) => parseWhole(text, 10, 86_400), 60)
    .option('--allow-self-signed', 'accept any certificate; loopback hosts only', false)
    .option('--model-sees-pii', 'send names, addresses and numbers to the model as they are', false)
    .option('--no-test', 'do not log in first')
    .action(addImapAccount);
}

async function addImapAccount(id: string, options: AddOptions, command: Command): Promise<void> {
  const account = toNewAccount(id, options, await readSecret(options.passwordFile));
  await withContext(async ({ stores, sealer, schedules }) => {
    if (options.test) await tryLogin(account, account.secret ?? '');
    await addAccount({ accounts: stores.accounts, sealer, schedules }, account);
  });
  answer(wantsJson(command), { id, mode: account.mode }, () =>
    account.mode === 'manual'
      ? `Account ${id} added. Pull it with: npm run mailroom -- pull ${id}`
      : `Account ${id} added; it is read every ${account.pullEverySeconds} s.`,
  );
}

/** Judged by the schema of the API, so that both doors take the same. */
function toNewAccount(id: string, options: AddOptions, secret: string): NewAccount & { kind: 'imap' } {
  const { host, security, username, allowSelfSigned, folder } = options;
  const parsed = NewAccount.safeParse({
    id,
    kind: 'imap',
    name: options.name ?? id,
    address: options.address ?? username,
    mode: options.mode,
    pullEverySeconds: options.every,
    modelSeesPii: options.modelSeesPii,
    imap: {
      host,
      port: options.port ?? PORTS[security],
      security,
      username,
      ...(folder.length === 0 ? {} : { folders: folder }),
      allowSelfSigned,
    },
    secret,
  });
  if (parsed.success && parsed.data.kind === 'imap') return parsed.data;
  const faults = (parsed.error?.issues ?? []).map(
    (issue) => `--${issue.path.at(-1)?.toString()}: ${issue.message}`,
  );
  throw new ServiceError('InvalidInput', `The account cannot be added: ${faults.join('; ')}`, {
    fix: 'Mend these options; --address takes an e-mail address when the user name is none.',
  });
}
