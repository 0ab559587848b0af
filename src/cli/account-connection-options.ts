import { type Command, Option } from 'commander';
import { OAUTH_GRANTS, OAUTH_PROVIDERS } from '../../api/schemas/account-connection.ts';
import { ACCOUNT_KINDS, type AccountKind } from '../domain/account.ts';
import { ServiceError } from '../domain/service-error.ts';
import { parseWhole } from './parse-options.ts';
import { findSecret, readSecret } from './read-secret.ts';

/** How a mailbox is reached, as `account add` and `account switch` take it. */
export interface ConnectionOptions {
  readonly kind: AccountKind;
  readonly host?: string;
  readonly port?: number;
  readonly security: 'tls' | 'starttls' | 'none';
  readonly username?: string;
  readonly allowSelfSigned: boolean;
  readonly folder: string[];
  readonly mailbox?: string;
  readonly label: string[];
  readonly topic?: string;
  readonly path?: string;
  readonly maildir?: boolean;
  readonly oauth?: (typeof OAUTH_PROVIDERS)[number];
  readonly clientId?: string;
  readonly tenant?: string;
  readonly grant?: (typeof OAUTH_GRANTS)[number];
  readonly passwordFile?: string;
  readonly test: boolean;
}

const PORTS = { tls: 993, starttls: 143, none: 143 } as const;
const PROVIDERS: Partial<Record<AccountKind, string>> = { graph: 'microsoft', gmail: 'google' };

export const collect = (name: string, all: string[]) => [...all, name];

export function addConnectionOptions(command: Command): Command {
  return command
    .addOption(new Option('--kind <kind>').choices([...ACCOUNT_KINDS]).default('imap'))
    .option('--host <host>', 'imap: server')
    .option('--port <n>', 'imap: default 993 with tls, else 143', (text) => parseWhole(text, 1, 65_535))
    .addOption(new Option('--security <kind>', 'imap').choices(['tls', 'starttls', 'none']).default('tls'))
    .option('--username <name>', 'imap')
    .option('--allow-self-signed', 'imap: accept any certificate; loopback hosts only', false)
    .option('--folder <name>', 'imap, graph: repeat for more than one', collect, [])
    .option('--mailbox <address>', 'graph: whose mailbox; default: whoever signs in')
    .option('--label <name>', 'gmail: repeat for more than one', collect, [])
    .option('--topic <name>', 'gmail: projects/<project>/topics/<topic> for notifications')
    .option(
      '--path <folder>',
      'files: folder to watch on the machine of the worker; without it, imports only. Write a file under another name (a.eml.part) and rename it when it is whole',
    )
    .option('--maildir', 'files: the folder is a Maildir')
    .addOption(
      new Option('--oauth <provider>', 'sign in instead of a password').choices([...OAUTH_PROVIDERS]),
    )
    .option('--client-id <id>', 'of the OAuth client')
    .option('--tenant <id>', 'Microsoft: id or domain')
    .addOption(
      new Option('--grant <grant>', 'client: the application itself may read it').choices([...OAUTH_GRANTS]),
    )
    .option('--password-file <path>', 'password, or secret of the OAuth client; or MAILROOM_ACCOUNT_PASSWORD')
    .option('--no-test', 'do not open the mailbox first');
}

/** As the API takes it; what is missing is told by its schema. */
export async function toConnectionBody(options: ConnectionOptions): Promise<Record<string, unknown>> {
  const { kind, folder, label, oauth = PROVIDERS[kind], clientId, tenant, grant } = options;
  if (kind === 'files') {
    const layout = options.maildir === true ? 'maildir' : 'folder';
    return { kind, ...(options.path === undefined ? {} : { files: { path: options.path, layout } }) };
  }
  const signIn = oauth === undefined ? {} : { oauth: { provider: oauth, clientId, tenant, grant } };
  const given = await (oauth === undefined ? readSecret : findSecret)(options.passwordFile);
  const shared = { kind, ...signIn, secret: given };
  const folders = folder.length === 0 ? {} : { folders: folder };
  if (kind === 'graph') return { ...shared, graph: { mailbox: options.mailbox, ...folders } };
  if (kind === 'gmail') {
    const labels = label.length === 0 ? {} : { labels: label };
    return { ...shared, gmail: { topic: options.topic, ...labels } };
  }
  const { host, port, security, username, allowSelfSigned } = options;
  return {
    ...shared,
    imap: { host, port: port ?? PORTS[security], security, username, ...folders, allowSelfSigned },
  };
}

const OPTIONS: Readonly<Record<string, string>> = {
  secret: '--password-file',
  provider: '--oauth',
  files: '--path',
  folders: '--folder',
  labels: '--label',
  pullEverySeconds: '--every',
  lookBackDays: '--look-back',
  messagesPerMinute: '--per-minute',
  concurrentMessages: '--at-once',
  messagesPerDay: '--per-day',
  bytesPerDay: '--bytes-per-day',
};
/** Fields whose name says too little: the folder and the label of a mailbox have options of those names. */
const MARKS: Readonly<Record<string, string>> = {
  seen: '--mark-seen',
  label: '--mark-label',
  folder: '--mark-folder',
};

interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** What the schema found, by the names of the options. */
export function toOptionFault(what: string, issues: readonly Issue[]): ServiceError {
  const faults = issues.map(({ path, message }) => {
    const field = String(path.findLast((step) => typeof step === 'string') ?? 'kind');
    const option =
      (path[0] === 'writeBack' ? MARKS : OPTIONS)[field] ??
      `--${field.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    return { option, message: isMissing(message) ? 'is missing' : message };
  });
  const told = faults.map(({ option, message }) => `${option}: ${message}`);
  const isAddress = faults.some(({ option }) => option === '--address');
  return new ServiceError('InvalidInput', `${what}: ${told.join('; ')}`, {
    fix: isAddress
      ? 'Mend these options; --address takes an e-mail address when the user name is none.'
      : 'Mend these options; `--help` tells what each one takes.',
  });
}

/** What zod says of a field that is not there; of no use to a person who gave no such option. */
function isMissing(message: string): boolean {
  return /^Invalid input: expected \w+, received undefined$/.test(message);
}
