export interface PullAccountInput {
  readonly accountId: string;
  /** Set by continue-as-new only: the batch and page to go on with. */
  readonly resumed?: { readonly batchId: string; readonly page: number; readonly started: number };
}

export interface PullAccountResult {
  readonly started: number;
}
