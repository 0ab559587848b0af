import type { AccountTest } from '../api/dependencies.ts';
import type { GivenSecret, OpenCredentials } from './create-credentials.ts';
import type { Account } from './domain/account.ts';
import { openAccount } from './open-account.ts';
import { testAccount } from './test-account.ts';

/** Tries accounts with what is stored of them, or with what somebody gives who has not stored it yet. */
export function createAccountTester({ openCredentials }: { readonly openCredentials: OpenCredentials }) {
  return (account: Account, given?: GivenSecret): Promise<AccountTest> =>
    testAccount(async () => openAccount(account, await openCredentials(account, given)));
}
