import type { Account } from '../src/domain/account.ts';
import { ServiceError } from '../src/domain/service-error.ts';

/** Throws Conflict for an account whose mailbox is not to be read just now. */
export function assertActive<T extends Account>(account: T): T {
  if (account.state === 'active') return account;
  throw new ServiceError('Conflict', `The account is ${account.state}: its mailbox is not read`);
}
