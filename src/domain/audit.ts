export const AUDIT_STATES = ['running', 'completed', 'failed'] as const;
export type AuditState = (typeof AUDIT_STATES)[number];

/**
 * What became of a message that a mailbox holds. deleted: here, by a person. pending: not read yet. missing: passed by
 * and in none of our rows, not what we have under its key, or to be fetched again. healed: a pull had passed it by, and
 * it has been fetched.
 */
export const ENTRY_FATES = [
  'processed',
  'unfinished',
  'skipped',
  'quarantined',
  'deleted',
  'pending',
  'missing',
  'healed',
] as const;
export type EntryFate = (typeof ENTRY_FATES)[number];

export interface AuditTotals {
  readonly listed: number;
  readonly processed: number;
  readonly unfinished: number;
  readonly skipped: number;
  readonly quarantined: number;
  readonly deleted: number;
  readonly pending: number;
  /** Those healed too. */
  readonly missing: number;
  readonly healed: number;
  /** Our rows that the mailbox holds no more: deleted or moved there. */
  readonly gone: number;
}

/** Nobody knows what became of so many. */
export function countUnaccounted({ missing, healed }: Pick<AuditTotals, 'missing' | 'healed'>): number {
  return missing - healed;
}
