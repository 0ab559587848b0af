import type { AccountRef, FetchPageFacts } from './activities.ts';

export interface AuditRequest extends AccountRef {
  readonly auditId: string;
}

export interface AuditFacts {
  readonly missing: number;
  /** Why a part of the mailbox could not be listed. */
  readonly incomplete: string | undefined;
}

export interface HealRequest extends AuditRequest {
  readonly batchId: string;
  readonly page: number;
  readonly maxItems: number;
  /** Only what comes after this key; absent: from the first on. */
  readonly after?: string;
}

export interface HealFacts extends FetchPageFacts {
  /** There may be more: to be asked for with the next page. */
  readonly after?: string;
}

export interface FinishAuditRequest extends AuditRequest {
  /** Why it could not be made; undefined: it was. */
  readonly failure: string | undefined;
  /** What of it could not be done: a folder that is gone, mail that is not handed over. */
  readonly note?: string;
}

export interface RemoveAccountDataRequest {
  readonly accountId: string;
}

export interface RemoveAccountDataFacts {
  /** Messages that this attempt deleted; an earlier one may have deleted others. */
  readonly messages: number;
}

/** Take minutes, and nobody waits for them. */
export interface UpkeepActivities {
  /** Stops the runs of an account that was removed, then deletes all that is stored of it, and it. */
  removeAccountData(request: RemoveAccountDataRequest): Promise<RemoveAccountDataFacts>;
  /** Lists the whole mailbox and compares it with our rows; answers how many of its messages are missing here. */
  auditMailbox(request: AuditRequest): Promise<AuditFacts>;
  /** Fetches and parks what an audit found missing. */
  healMailbox(request: HealRequest): Promise<HealFacts>;
  /** Accounts whose mailbox can be listed. */
  listAuditable(): Promise<readonly string[]>;
}
