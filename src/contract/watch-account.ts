export interface WatchAccountInput {
  readonly accountId: string;
}
