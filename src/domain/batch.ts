export const BATCH_KINDS = ['pull', 'import'] as const;
export type BatchKind = (typeof BATCH_KINDS)[number];

export const BATCH_STATES = ['running', 'paused', 'completed', 'cancelled', 'failed'] as const;
export type BatchState = (typeof BATCH_STATES)[number];

/** What became of one item of a batch at the door. */
export const INTAKE_OUTCOMES = ['accepted', 'duplicate', 'quarantined'] as const;
export type IntakeOutcome = (typeof INTAKE_OUTCOMES)[number];

/** Where an import reads from. Kept in Postgres, sealed: a SQL origin holds a password. */
export type BatchOrigin =
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'sql'; readonly url: string; readonly query: string }
  | { readonly kind: 'upload' };

/** Live totals. `messages` = `accepted` + `duplicates` + those quarantined at the door. */
export interface BatchTotals {
  readonly messages: number;
  readonly accepted: number;
  readonly duplicates: number;
  readonly processed: number;
  readonly awaitingApproval: number;
  readonly quarantined: number;
  readonly skipped: number;
  readonly cancelled: number;
  readonly running: number;
}
