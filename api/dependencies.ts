import type { FastifyBaseLogger } from 'fastify';
import type { AccountFactsStore } from '../db/account-facts-store.ts';
import type { AccountRemovalStore } from '../db/account-removal-store.ts';
import type { AccountSettingsStore } from '../db/account-settings-store.ts';
import type { AccountStore } from '../db/account-store.ts';
import type { AuditStore } from '../db/audit-store.ts';
import type { BatchStore } from '../db/batch-store.ts';
import type { BounceStore } from '../db/bounce-store.ts';
import type { DraftStore } from '../db/draft-store.ts';
import type { MessageListStore } from '../db/message-list-store.ts';
import type { MessageStore } from '../db/message-store.ts';
import type { PartnerSyncStore } from '../db/partner-sync-store.ts';
import type { PushStore } from '../db/push-store.ts';
import type { QuarantineStore } from '../db/quarantine-store.ts';
import type { SpendStore } from '../db/spend-store.ts';
import type { TombstoneStore } from '../db/tombstone-store.ts';
import type { Account } from '../src/domain/account.ts';
import type { FailureType } from '../src/domain/failure.ts';
import type { Correction } from '../src/domain/learning.ts';
import type { Taxonomy } from '../src/domain/taxonomy.ts';
import type { Controls } from './controls/controls.ts';

/** The part of the configuration that the API reads. */
export interface ApiConfig {
  readonly host: string;
  readonly port: number;
  /** undefined: only loopback clients, checked by their Host header. */
  readonly apiKey: string | undefined;
  /** Folders that `path` batches may read from. */
  readonly importRoots: readonly string[];
  /** Where providers reach us, without a trailing slash; its host is served /webhooks/ and /oauth/ alone. */
  readonly publicUrl?: string | undefined;
  /** Base of links to runs; undefined: no links. */
  readonly temporalUiUrl: string | undefined;
  readonly namespace: string;
  /** Folder of the built dashboard; it may be missing. */
  readonly webRoot: string;
  /** For accounts without a budget of their own; undefined: no limit. */
  readonly modelTokensPerDay?: number | undefined;
  readonly limits: {
    readonly batchConcurrency: number;
    /** Bytes of one request body. */
    readonly maxBodyBytes: number;
  };
}

/** One component. `check` answers a detail worth showing, or throws; `signal` fires at its time limit. */
export interface HealthCheck {
  readonly name: string;
  /** A required one that is down makes the whole unhealthy, an optional one degraded. */
  readonly required: boolean;
  check(signal: AbortSignal): Promise<string | undefined>;
}

/** Encryption at rest; `aad` names the place, `table/column/row`. */
export interface Sealer {
  seal(plain: Uint8Array, aad: string): Uint8Array;
  open(sealed: Uint8Array, aad: string): Uint8Array;
}

/** How often one level of the kept model answers was asked, by what came of it; since this process began. */
export interface AnswerCount {
  readonly level: string;
  readonly lookup: string;
  readonly count: number;
}

/** The pull schedule of each account. */
export interface Schedules {
  ensure(account: Account): Promise<void>;
  pause(accountId: string, note: string): Promise<void>;
  resume(accountId: string): Promise<void>;
  remove(accountId: string): Promise<void>;
}

/** What came of opening a mailbox; neither holds a secret. */
export type AccountTest =
  | { readonly ok: true; readonly lines: readonly string[] }
  | {
      readonly ok: false;
      readonly type: FailureType;
      readonly fault: string;
      readonly fix: string | undefined;
    };

/** The categories in force for each account: its own, or those of the house. */
export interface Taxonomies {
  get(accountId: string): Promise<Taxonomy>;
  /** As it was written; undefined: the account has none of its own. */
  findText(accountId: string): Promise<string | undefined>;
  /** Throws `InvalidInput` with every fault and its line, before anything is stored. */
  set(accountId: string, yaml: string): Promise<Taxonomy>;
  reset(accountId: string): Promise<void>;
}

/** Sign-ins of accounts in a browser. */
export interface SignIns {
  /** An address for the browser, and the one that the provider sends it back to. */
  start(
    accountId: string,
  ): Promise<{ readonly authorizationUrl: string; readonly redirectUri: string; readonly expiresAt: Date }>;
  /** Stores the tokens that the answer of the provider brings; `note`: what whoever signed in should know. Throws `ServiceError`. */
  finish(query: URLSearchParams): Promise<{ readonly accountId: string; readonly note: string | undefined }>;
}

/** All that `buildApp` needs. */
export interface ApiDependencies {
  readonly accounts: AccountStore;
  readonly accountFacts: AccountFactsStore;
  readonly accountRemovals: AccountRemovalStore;
  readonly accountSettings: AccountSettingsStore;
  readonly audits: AuditStore;
  readonly batches: BatchStore;
  readonly bounces: BounceStore;
  readonly drafts: DraftStore;
  readonly messageList: MessageListStore;
  readonly messages: MessageStore;
  readonly partnerSyncs: PartnerSyncStore;
  readonly push: PushStore;
  readonly quarantine: QuarantineStore;
  readonly spending: SpendStore;
  readonly tombstones: TombstoneStore;
  readonly controls: Controls;
  readonly schedules: Schedules;
  readonly sealer: Sealer;
  /**
   * Opens the mailbox within a time limit and looks at its folders. `given`: log in with this instead of what is stored;
   * its secret is the password, or that of the OAuth client.
   */
  testAccount(account: Account, given?: { readonly secret: string | undefined }): Promise<AccountTest>;
  readonly signIns: SignIns;
  /** Whether Google sent a notification with this Authorization header; undefined: it is not set up. */
  readonly verifyGmailPush?: ((authorization: string | undefined) => Promise<boolean>) | undefined;
  /** Ends the subscription of an account that has one. Throws `ServiceError`. */
  unsubscribe(account: Account): Promise<void>;
  /** When the schedules of accounts fire next, by account; those that are paused are left out. */
  listNextRuns(): Promise<ReadonlyMap<string, Date>>;
  countAnswers(): readonly AnswerCount[];
  /** An item of `POST /api/batches` to RFC 5322 bytes. Throws `ServiceError` InvalidInput naming the field. */
  toRaw(item: unknown): Promise<Uint8Array>;
  readonly taxonomies: Taxonomies;
  /** Teaches the account what a person decided; the next mail like it is decided so. */
  recordCorrection(correction: Correction): Promise<void>;
  readonly health: readonly HealthCheck[];
  readonly config: ApiConfig;
  readonly logger: FastifyBaseLogger;
}
