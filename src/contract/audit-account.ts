import { defineSignal } from '@temporalio/workflow';

export interface AuditAccountInput {
  readonly accountId: string;
  /** Set by continue-as-new only: the audit to go on with, and the page of what is missing to fetch next. */
  readonly resumed?: {
    readonly auditId: string;
    readonly page: number;
    readonly missing: number;
    readonly incomplete: string | undefined;
    /** The last key that was passed by. */
    readonly after?: string | undefined;
  };
}

export interface AuditAccountsResult {
  readonly audited: number;
  /** Accounts whose mailbox could not be listed. */
  readonly failed: readonly string[];
}

/** A person wants to have what a mailbox had refused: an audit that has listed it already looks once more before it ends. */
export const mailWanted = defineSignal('mailWanted');
