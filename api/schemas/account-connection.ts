import { z } from 'zod';
import { isLoopbackHost } from '../../src/domain/is-loopback-host.ts';
import { toOAuthSettings } from '../../src/domain/oauth-presets.ts';
import { line, text } from './text.ts';

export const SECURITY = ['tls', 'starttls', 'none'] as const;
export const OAUTH_PROVIDERS = ['google', 'microsoft', 'other'] as const;
export const OAUTH_GRANTS = ['user', 'client'] as const;
export const LAYOUTS = ['folder', 'maildir'] as const;

export const folderNames = z.array(line(500)).min(1, 'must name one folder at least').max(50);
export const labelNames = z.array(line(225)).min(1, 'must name one label at least').max(50);

/** Passwords and tokens travel there. */
const secureUrl = text(500).refine(isSecureUrl, 'must be an https address (http only on this machine)');

const ImapSettings = z
  .strictObject({
    host: z
      .string()
      .max(255)
      .regex(/^[A-Za-z0-9.:[\]_-]+$/, 'must be a host name or address, without scheme and port'),
    port: z.number().int().min(1).max(65_535).default(993),
    security: z.enum(SECURITY).default('tls').describe('none: only for loopback hosts'),
    username: line(320),
    folders: folderNames.default(['INBOX']),
    allowSelfSigned: z.boolean().default(false).describe('Only for loopback hosts'),
  })
  .meta({ id: 'ImapSettings' });

const GraphSettings = z
  .strictObject({
    mailbox: line(320).default('me').describe('User principal name or id; me: whoever signed in'),
    folders: folderNames.default(['inbox']).describe('Well-known names, ids, or paths as Inbox/Orders'),
    baseUrl: secureUrl.default('https://graph.microsoft.com').describe('Or that of a national cloud'),
  })
  .meta({ id: 'GraphSettings' });

const GmailSettings = z
  .strictObject({
    labels: labelNames.default(['INBOX']).describe('A message is read when it bears one of them'),
    topic: text(500)
      .regex(/^projects\/[^/]{1,100}\/topics\/[^/]{1,255}$/, 'must be projects/<project>/topics/<topic>')
      .optional()
      .describe('Pub/Sub topic that Gmail publishes to; without it the mailbox is only pulled'),
    baseUrl: secureUrl.default('https://gmail.googleapis.com'),
  })
  .meta({ id: 'GmailSettings' });

const FilesSettings = z
  .strictObject({
    path: text(4_096)
      .regex(/^(?:\/|[A-Za-z]:[\\/])/, 'must be an absolute path')
      .describe('A folder on the machine of the worker'),
    layout: z.enum(LAYOUTS).default('folder'),
  })
  .meta({ id: 'FilesSettings' });

const OAuthInput = z
  .strictObject({
    provider: z.enum(OAUTH_PROVIDERS),
    clientId: line(500),
    tenant: line(255)
      .regex(/^[A-Za-z0-9][A-Za-z0-9.-]*$/, 'must be the id or the domain of a tenant')
      .optional()
      .describe('Microsoft: id or domain of the tenant; default common'),
    grant: z
      .enum(OAUTH_GRANTS)
      .default('user')
      .describe('user: somebody signs in. client: the application itself may read the mailbox'),
    tokenUrl: secureUrl.optional().describe('Known for google and microsoft'),
    authorizationUrl: secureUrl.optional(),
    deviceUrl: secureUrl.optional(),
    scopes: z.array(line(500)).min(1).max(20).optional().describe('Default: to read and mark mail'),
  })
  .meta({ id: 'OAuthInput' });

const secret = text(4_096).describe(
  'The password, or the secret of the OAuth client; stored encrypted, never shown again',
);

/** What an account of each kind needs to reach its mailbox. */
export const CONNECTIONS = {
  files: { kind: z.literal('files'), files: FilesSettings.optional() },
  imap: {
    kind: z.literal('imap'),
    imap: ImapSettings,
    oauth: OAuthInput.optional(),
    secret: secret.optional(),
  },
  graph: {
    kind: z.literal('graph'),
    graph: GraphSettings.prefault({}),
    oauth: OAuthInput,
    secret: secret.optional(),
  },
  gmail: {
    kind: z.literal('gmail'),
    gmail: GmailSettings.prefault({}),
    oauth: OAuthInput,
    secret: secret.optional(),
  },
} as const;

export const KIND_ERROR = { error: 'must be imap, graph, gmail or files' };

interface Facts {
  readonly kind: keyof typeof CONNECTIONS;
  readonly oauth?: z.output<typeof OAuthInput> | undefined;
  readonly secret?: string | undefined;
  readonly graph?: { readonly mailbox: string } | undefined;
}

/** What no single field can tell. */
export function checkConnection(
  value: Facts,
  refuse: (path: readonly string[], message: string) => void,
): void {
  const { kind, oauth, secret: given, graph } = value;
  if (kind === 'imap' && oauth === undefined && given === undefined) {
    refuse(['secret'], 'must be the password, unless `oauth` says how to sign in');
  }
  if (oauth === undefined) return;
  if (toOAuthSettings(kind, oauth) === undefined) {
    refuse(['oauth', 'provider'], 'other needs `tokenUrl` and `scopes`; google and microsoft are known');
  }
  if (kind === 'graph' && oauth.provider === 'google') {
    refuse(['oauth', 'provider'], 'must be microsoft: Microsoft Graph takes no sign-in of Google');
  }
  if (kind === 'gmail' && oauth.provider === 'microsoft') {
    refuse(['oauth', 'provider'], 'must be google: Gmail takes no sign-in of Microsoft');
  }
  if (oauth.grant !== 'client') return;
  if (given === undefined)
    refuse(['secret'], 'must be the secret of the client: grant client signs in by it');
  if (graph?.mailbox === 'me') {
    refuse(['graph', 'mailbox'], 'must name the mailbox: with grant client nobody signed in who could be me');
  }
  if (oauth.provider === 'microsoft' && oauth.tenant === undefined && oauth.tokenUrl === undefined) {
    refuse(['oauth', 'tenant'], 'must name the tenant: grant client does not work with common');
  }
  if (oauth.provider === 'google') {
    refuse(['oauth', 'grant'], 'must be user: Google gives no application a mailbox by its secret');
  }
}

function isSecureUrl(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, hostname, username, password } = new URL(value);
  if (username !== '' || password !== '') return false;
  return protocol === 'https:' || (protocol === 'http:' && isLoopbackHost(hostname));
}
