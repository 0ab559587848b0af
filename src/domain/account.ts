export const ACCOUNT_KINDS = ['imap', 'graph', 'gmail', 'files'] as const;
export type AccountKind = (typeof ACCOUNT_KINDS)[number];

/** manual: only on demand and by batches. auto: only by its schedule. hybrid: both. */
export const INGEST_MODES = ['manual', 'auto', 'hybrid'] as const;
export type IngestMode = (typeof INGEST_MODES)[number];

export const ACCOUNT_STATES = ['active', 'paused'] as const;
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
  /** Models on the network may read personal data of its messages; absent: no, they read placeholders. */
  readonly modelSeesPii?: boolean;
  /** What models may read and write for it, UTC days; undefined: as much as the house allows each account. */
  readonly modelTokensPerDay?: number | undefined;
}

export const ACCOUNT_ID_PATTERN = /^[a-z0-9][a-z0-9-]{0,47}$/;
