import type { AuditTotals } from '../domain/audit.ts';
import type { AutomaticKind, Outcome, Stage } from '../domain/message.ts';
import type { MessageEnd } from '../domain/message-end.ts';
import type { Priority } from '../domain/priority.ts';
import type { FinishAuditRequest, UpkeepActivities } from './upkeep-activities.ts';

export interface AccountRef {
  readonly accountId: string;
}

/** Names one message; every message activity is idempotent by it. */
export interface MessageRef {
  readonly accountId: string;
  readonly messageId: string;
}

export interface DecideRequest extends MessageRef {
  /** A model decided with the local engine, and that is on record. */
  readonly consulted: boolean;
}

export interface ReadFacts {
  readonly language: string;
  readonly automatic: AutomaticKind;
  readonly attachments: number;
  readonly warnings: number;
  /** The message had ended, by a person's word to the store, before its run began: nothing is left to do. */
  readonly ended?: MessageEnd;
  /** Its mailbox is told when it has ended: seen, labelled or moved. */
  readonly marks?: boolean;
}

/** Which further steps this message needs; network steps are scheduled only then. */
export interface StepPlan {
  readonly consult: boolean;
  readonly sync: boolean;
  readonly draft: boolean;
}

export interface ClassifyFacts {
  readonly category: string;
  readonly confidence: number;
  readonly plan: StepPlan;
}

export interface PrioritizeFacts {
  readonly priority: Priority;
}

export interface DraftFacts {
  /** Undefined when no reply is due; `why` then says why. */
  readonly draftId: string | undefined;
  readonly hash: string | undefined;
  readonly approval: 'person' | 'none';
  readonly why: string;
}

export interface SettleRequest extends MessageRef {
  readonly outcome: Outcome;
  /** A person's reason for skip or cancel, at most 200 characters. */
  readonly note: string | undefined;
}

export interface QuarantineRequest extends MessageRef {
  readonly stage: Stage;
  readonly failureType: string;
  readonly reason: string;
}

export interface DecideDraftRequest extends MessageRef {
  readonly draftId: string;
  readonly hash: string;
  readonly verdict: 'approve' | 'reject' | 'expire';
  readonly by: string;
}

export interface ChangePriorityRequest extends MessageRef {
  readonly priority: Priority;
  readonly by: string;
}

export interface DeliverRequest extends MessageRef {
  readonly draftId: string;
}

export interface DeliverFacts {
  readonly state: 'SENT' | 'UNKNOWN';
}

export interface SyncFacts {
  readonly partnerId: number;
  readonly recordId: number;
}

export interface FetchPageRequest {
  readonly accountId: string;
  readonly batchId: string;
  readonly kind: 'pull' | 'import';
  /** 0, 1, 2 …; a page that was committed is answered from Postgres, never read again. */
  readonly page: number;
  readonly maxItems: number;
  /** Of a pull: mail that is so old is answered as `backfill`. */
  readonly backfillAgeMs?: number;
}

export interface FetchPageFacts {
  /** Messages parked and not started yet. */
  readonly messageIds: readonly string[];
  readonly items: number;
  readonly duplicates: number;
  readonly quarantined: number;
  readonly done: boolean;
  /** Of `messageIds`, those so old that they yield to live mail. */
  readonly backfill?: readonly string[];
  /** Of `messageIds`, those of earlier pages: another pull, or a sweep, may start them first, and they may even have ended. */
  readonly again?: readonly string[];
  /** The account may take on no more for so long. */
  readonly waitMs?: number;
  /** What keeps it from waiting for its schedule; on the first page of a pull. */
  readonly push?: 'watch' | 'subscribe';
}

export interface FinishBatchRequest {
  readonly batchId: string;
  readonly state: 'completed' | 'cancelled' | 'failed';
  readonly reason: string | undefined;
}

export interface BatchStateRequest {
  readonly batchId: string;
  readonly state: 'running' | 'paused';
}

export interface PauseAccountRequest {
  readonly accountId: string;
  readonly reason: string;
}

/** Place in the order of parking. */
export interface OrphanPlace {
  /** ISO 8601. */
  readonly parkedAt: string;
  readonly messageId: string;
}

export interface FindOrphansRequest {
  /** What was parked later is left to whoever parked it. */
  readonly graceMs: number;
  readonly maxItems: number;
  readonly after: OrphanPlace | undefined;
}

export interface Orphan extends MessageRef {
  /** As its batch would start it; undefined: a backfill. */
  readonly priority: Priority | undefined;
}

export interface FindOrphansFacts {
  readonly orphans: readonly Orphan[];
  /** Where to look on; undefined when every message was looked at. */
  readonly next: OrphanPlace | undefined;
}

/** Pure, fast, in-process: run as local activities. */
export interface StepActivities {
  readMessage(ref: MessageRef): Promise<ReadFacts>;
  classifyMessage(ref: MessageRef): Promise<ClassifyFacts>;
  prioritizeMessage(request: DecideRequest): Promise<PrioritizeFacts>;
  /** How the message has ended meanwhile, by a person's word to the store; undefined: it goes on. */
  summarizeMessage(request: DecideRequest): Promise<MessageEnd | undefined>;
  draftReply(ref: MessageRef): Promise<DraftFacts>;
}

/** One row written, nothing read from the network: local activities that must succeed in the end. */
export interface RecordActivities {
  settleMessage(request: SettleRequest): Promise<void>;
  quarantineMessage(request: QuarantineRequest): Promise<void>;
  /** Answers the verdict in force: an expiry gives way to a person's. Histories of older runs hold undefined. */
  decideDraft(request: DecideDraftRequest): Promise<DecideDraftRequest['verdict'] | undefined>;
  changePriority(request: ChangePriorityRequest): Promise<void>;
  recordBatchState(request: BatchStateRequest): Promise<void>;
  finishBatch(request: FinishBatchRequest): Promise<void>;
  pauseAccount(request: PauseAccountRequest): Promise<void>;
  finishAudit(request: FinishAuditRequest): Promise<AuditTotals>;
}

/** On the network: regular activities on their own queues. */
export interface MailboxActivities {
  fetchPage(request: FetchPageRequest): Promise<FetchPageFacts>;
  /** Messages that have not ended and that nobody processes any more. */
  findOrphans(request: FindOrphansRequest): Promise<FindOrphansFacts>;
  /** Asks the provider to notify us, or to go on with it. */
  renewPush(ref: AccountRef): Promise<void>;
  /** Tells the mailbox that the message was handled, as the account is configured. */
  markMessage(ref: MessageRef): Promise<void>;
}
/** Hold a connection each for as long as it lasts. */
export interface WatchActivities {
  /** Signals the puller whenever mail came. False: the account is not to be watched any more. */
  watchMailbox(ref: AccountRef): Promise<boolean>;
}
export interface ModelActivities {
  consultModel(ref: MessageRef): Promise<ClassifyFacts>;
}
export interface OdooActivities {
  syncPartner(ref: MessageRef): Promise<SyncFacts>;
}
export interface SendActivities {
  deliverDraft(request: DeliverRequest): Promise<DeliverFacts>;
}

export type LocalActivities = StepActivities & RecordActivities;
export type NetworkActivities = MailboxActivities &
  UpkeepActivities &
  WatchActivities &
  ModelActivities &
  OdooActivities &
  SendActivities;
export type Activities = LocalActivities & NetworkActivities;
export type ActivityName = keyof Activities;
