export interface RemoveAccountInput {
  readonly accountId: string;
}

export interface RemoveAccountResult {
  readonly messages: number;
}
