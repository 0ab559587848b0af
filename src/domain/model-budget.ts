import { ServiceError } from './service-error.ts';

/** What models took of one account's day. */
export interface ModelSpend {
  /** Read and written; calls under way count with what they are reckoned to take. */
  readonly tokens: number;
  readonly calls: number;
  /** Calls that were not made because nothing was left. */
  readonly refused: number;
}

export const NOTHING_SPENT: ModelSpend = { tokens: 0, calls: 0, refused: 0 };

/** What a call to a model throws that the account cannot pay for any more; `isWhole`: no other call can be paid either. */
export function budgetSpent(tokensPerDay: number, isWhole = true): ServiceError {
  const what = isWhole
    ? 'The budget of the day is spent'
    : 'The share of the day for mail that is sure is spent';
  return new ServiceError('Rejected', what, {
    fix: 'Raise the tokens a day of the account, or wait until midnight UTC.',
    details: { budget: tokensPerDay },
  });
}

/** It concerns whoever asked, and no one else who asks the same. */
export function isBudgetSpent(error: unknown): boolean {
  return error instanceof ServiceError && 'budget' in error.details;
}
