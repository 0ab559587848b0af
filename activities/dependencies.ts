import type { AccountRemovalStore } from '../db/account-removal-store.ts';
import type { AccountStore } from '../db/account-store.ts';
import type { AuditStore } from '../db/audit-store.ts';
import type { BatchStore } from '../db/batch-store.ts';
import type { BounceStore } from '../db/bounce-store.ts';
import type { DraftStore } from '../db/draft-store.ts';
import type { IntakeStore } from '../db/intake-store.ts';
import type { MessageStore } from '../db/message-store.ts';
import type { OrphanStore } from '../db/orphan-store.ts';
import type { PartnerSyncStore } from '../db/partner-sync-store.ts';
import type { PushStore } from '../db/push-store.ts';
import type { QuarantineStore } from '../db/quarantine-store.ts';
import type { SenderDecisionStore } from '../db/sender-decision-store.ts';
import type { TokenStore } from '../db/token-store.ts';
import type { LocalEngine, ModelPanel, Spend } from '../src/analysis/engine.ts';
import type { Learned } from '../src/analysis/learned/learned.ts';
import type { SecondRead } from '../src/analysis/routing/find-second-read.ts';
import type { Account } from '../src/domain/account.ts';
import type { Classification, Reading, Summary } from '../src/domain/analysis.ts';
import type { BatchOrigin } from '../src/domain/batch.ts';
import type { Draft } from '../src/domain/draft.ts';
import type { MessageView } from '../src/domain/message.ts';
import type { Category, Taxonomy } from '../src/domain/taxonomy.ts';
import type { LiveMailbox, Mailbox } from '../src/mail/mailbox.ts';
import type { Sender } from '../src/mail/smtp/sender.ts';
import type { Odoo } from '../src/odoo/odoo.ts';
import type { MessageMemory } from './message-memory.ts';

export interface Sealer {
  seal(plain: Uint8Array, aad: string): Uint8Array;
  open(sealed: Uint8Array, aad: string): Uint8Array;
}

/** Runs `work` unless that downstream's breaker is open: then Unavailable with the time to come back. */
export type Guard = <T>(downstream: string, work: () => Promise<T>) => Promise<T>;

export interface Identity {
  sourceHash(raw: Uint8Array): string;
  contentHash(raw: Uint8Array, receivedAt?: Date): string;
  /** When a message says it was written, unless that is absurd. */
  sentDate(raw: Uint8Array, now: Date): Date | undefined;
  messageKey(accountId: string, providerKey: string): string;
}

export interface ReplyRequest {
  readonly view: MessageView;
  readonly account: Pick<Account, 'id' | 'name' | 'address'>;
  readonly category: Category;
  readonly summary: Summary | undefined;
}

export type ReplyDraft = Omit<Draft, 'id' | 'messageId' | 'accountId' | 'state'>;

/** The reply that the system proposes, or why none is due. */
export type WriteReply = (request: ReplyRequest) => ReplyDraft | { readonly refusal: string };

/** Keeps personal data from a model. */
export interface Veil {
  /** `view` with placeholders; `restore` puts back what they stand for into what a model said of that view. */
  hide(
    messageId: string,
    view: MessageView,
  ): { readonly view: MessageView; readonly restore: (reading: Reading) => Reading };
}

/** What decides about the mail of an account, bound to the categories in force there. */
export interface Deciders {
  readonly taxonomy: Taxonomy;
  readonly localEngine: LocalEngine;
  /** Asked when the local engine is undecided; undefined: not configured. */
  readonly model: ModelPanel | undefined;
  readonly writeReply: WriteReply;
}

/**
 * The budget of an account. What is sure already gets only what the mail leaves that is undecided: a share of the day
 * is kept for that.
 */
export type OpenBudget = (
  account: Pick<Account, 'id' | 'modelTokensPerDay'>,
  asked?: Pick<SecondRead, 'isUndecided'>,
) => Spend;

/** What is under way in Temporal; a run that began or ended within the last seconds may be told wrongly. */
export interface LiveRuns {
  /** Of messages and imports. */
  readonly workflowIds: ReadonlySet<string>;
  readonly pulledAccounts: ReadonlySet<string>;
}

export interface ActivityDependencies {
  readonly accounts: AccountStore;
  readonly accountRemovals: AccountRemovalStore;
  readonly audits: AuditStore;
  readonly batches: BatchStore;
  readonly bounces: BounceStore;
  readonly drafts: DraftStore;
  readonly intake: IntakeStore;
  readonly messages: MessageStore;
  readonly orphans: OrphanStore;
  readonly partnerSyncs: PartnerSyncStore;
  readonly push: PushStore;
  readonly quarantine: QuarantineStore;
  readonly senderDecisions: SenderDecisionStore;
  readonly tokens: Pick<TokenStore, 'findUpdatedAt'>;
  readonly sealer: Sealer;
  readonly guard: Guard;
  readonly identity: Identity;
  readonly memory: MessageMemory;
  /** Reads a source and judges it for the account that it came to; the signal ends its wait for a thread. */
  readonly readView: (
    raw: Uint8Array,
    account: Pick<Account, 'name' | 'address'>,
    signal: AbortSignal,
  ) => Promise<MessageView>;
  /** At most a second behind a change of the account's categories. */
  readonly getDeciders: (accountId: string) => Promise<Deciders>;
  /** What the account was taught, at most a few seconds old, with what the message means; undefined: nothing. */
  readonly recallLearned: (accountId: string, view: MessageView) => Promise<Learned | undefined>;
  /** Who pays for the calls to models of an account. */
  readonly openBudget: OpenBudget;
  /** Drawn before the model, unless the account lets it see everything. */
  readonly veil: Veil;
  /** Why a model is asked too; undefined: the local read is enough. `category`: that of the local read. */
  readonly findSecondRead: (
    reading: Pick<Reading, 'classification' | 'priority'>,
    category: Category | undefined,
  ) => SecondRead | undefined;
  /** It is unsure or suspicious: nothing leaves on its word. */
  readonly needsSecondRead: (classification: Classification) => boolean;
  /** Sends to a person what nobody is sure of, when nobody else can be asked. */
  readonly settleDoubts: (view: MessageView, reading: Reading) => Reading;
  readonly reconcile: (local: Reading, model: Reading) => Reading;
  readonly now: () => Date;
  readonly mintMessageId: (address: string) => string;
  readonly odoo: Odoo | undefined;
  readonly sender: Sender | undefined;
  /** Logs in to the mailbox of an account. */
  readonly openAccount: (account: Account) => Promise<LiveMailbox>;
  readonly openOrigin: (batchId: string, origin: BatchOrigin) => Promise<Mailbox>;
  /** Holds the schedule of an account; absent schedules are fine. */
  readonly pauseSchedule: (accountId: string, reason: string) => Promise<void>;
  readonly listLiveRuns: () => Promise<LiveRuns>;
  /** Ends every run of the account but its removal, and waits until they have ended. */
  readonly stopRuns: (accountId: string, signal: AbortSignal) => Promise<void>;
  /** Fires when this worker is told to end, before what is under way is cancelled; absent: nobody tells. */
  readonly stopping?: AbortSignal | undefined;
  /** https URL under which providers reach our API; undefined: they do not. */
  readonly publicUrl: string | undefined;
  /** Tells the puller of the account that mail came. */
  readonly notifyArrival: (accountId: string) => Promise<void>;
  readonly limits: {
    readonly duplicateWindowHours: number;
    readonly maxMessageBytes: number;
    readonly pageBytes: number;
  };
}
