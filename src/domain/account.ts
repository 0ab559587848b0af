export const ACCOUNT_KINDS = ['imap', 'graph', 'gmail', 'files'] as const;
export type AccountKind = (typeof ACCOUNT_KINDS)[number];

/** manual: only on demand and by batches. auto: only by its schedule. hybrid: both. */
export const INGEST_MODES = ['manual', 'auto', 'hybrid'] as const;
export type IngestMode = (typeof INGEST_MODES)[number];

/** removed: read no more, its schedule gone; its mail may still be there. */
export const ACCOUNT_STATES = ['active', 'paused', 'removed'] as const;
export type AccountState = (typeof ACCOUNT_STATES)[number];

export interface ImapSettings {
  readonly host: string;
  readonly port: number;
  /** tls: implicit TLS. starttls: upgrade or fail. none: plain text, only for loopback hosts. */
  readonly security: 'tls' | 'starttls' | 'none';
  readonly username: string;
  readonly folders: readonly string[];
  /** Accept a certificate that no authority signed. Only for loopback hosts. */
  readonly allowSelfSigned: boolean;
}

export interface GraphSettings {
  /** User principal name or id of the mailbox; `me`: whoever signed in. */
  readonly mailbox: string;
  /** Well-known names (`inbox`), ids, or paths of display names (`Inbox/Orders`). */
  readonly folders: readonly string[];
  /** Base without a version, https: `https://graph.microsoft.com` or a national cloud. */
  readonly baseUrl: string;
}

export interface GmailSettings {
  /** Names or ids of labels; a message is read when it bears one of them. */
  readonly labels: readonly string[];
  /** `projects/<project>/topics/<topic>` that Gmail publishes to; undefined: no push. */
  readonly topic: string | undefined;
  /** `https://gmail.googleapis.com`; another one for tests. */
  readonly baseUrl: string;
}

export interface FilesSettings {
  /** Absolute path of a folder on the worker's machine. */
  readonly path: string;
  /** folder: mail files in it and below. maildir: new/ and cur/ (cr.yp.to/proto/maildir.html). */
  readonly layout: 'folder' | 'maildir';
}

/** How the account's tokens are got (RFC 6749, 7636, 8628). The client's secret lies sealed with the account's own. */
export interface OAuthSettings {
  readonly provider: 'google' | 'microsoft' | 'other';
  readonly clientId: string;
  readonly tokenUrl: string;
  readonly authorizationUrl: string | undefined;
  readonly deviceUrl: string | undefined;
  readonly scopes: readonly string[];
  /** client: the application itself may read the mailbox; nobody signs in. */
  readonly grant: 'user' | 'client';
}

/** What is done to a message in its mailbox once it has ended. */
export interface WriteBack {
  readonly seen: boolean;
  readonly label: string | undefined;
  readonly folder: string | undefined;
}

/** How much of an account is taken on; undefined: no limit. */
export interface AccountLimits {
  /** Days back that are read at first sight; an outage that was longer widens it. */
  readonly lookBackDays: number | undefined;
  /** How fast its mail is taken in. */
  readonly messagesPerMinute: number | undefined;
  /** How many of its messages are processed at once. */
  readonly concurrentMessages: number | undefined;
  /** Quotas of a UTC day; what is over them waits in the mailbox. */
  readonly messagesPerDay: number | undefined;
  readonly bytesPerDay: number | undefined;
}

/** One mailbox that we read. `id` is a slug and safe to show; it holds nothing personal. */
export interface Account {
  readonly id: string;
  readonly kind: AccountKind;
  readonly name: string;
  /** The address people write to; drafts are sent from it. */
  readonly address: string;
  readonly mode: IngestMode;
  readonly state: AccountState;
  /** Why the account is paused, for its owner. */
  readonly stateReason: string | undefined;
  readonly pullEverySeconds: number;
  readonly imap: ImapSettings | undefined;
  readonly graph?: GraphSettings | undefined;
  readonly gmail?: GmailSettings | undefined;
  /** Only of a `files` account that is watched. */
  readonly files?: FilesSettings | undefined;
  /** undefined: a password, or nothing to log in to. */
  readonly oauth?: OAuthSettings | undefined;
  readonly writeBack?: WriteBack | undefined;
  readonly limits?: AccountLimits | undefined;
  /** Be told of new mail by the provider too, where it can; absent: yes. */
  readonly push?: boolean;
  /** Models on the network may read personal data of its messages; absent: no, they read placeholders. */
  readonly modelSeesPii?: boolean;
  /** What models may read and write for it, UTC days; undefined: as much as the house allows each account. */
  readonly modelTokensPerDay?: number | undefined;
}

export const ACCOUNT_ID_PATTERN = /^[a-z0-9][a-z0-9-]{0,47}$/;
