export interface AuditAccountInput {
  readonly accountId: string;
}

export interface AuditAccountsResult {
  readonly audited: number;
  /** Accounts whose mailbox could not be listed. */
  readonly failed: readonly string[];
}
