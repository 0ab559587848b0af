import type { AccountTest } from '../api/dependencies.ts';
import type { GivenSecret, OpenCredentials } from './create-credentials.ts';
import type { Stores } from './create-stores.ts';
import type { Account } from './domain/account.ts';
import { toReadCursor } from './domain/cursor-reset.ts';
import { openAccount } from './open-account.ts';
import { type AccountTestOptions, testAccount } from './test-account.ts';

interface Needs {
  readonly openCredentials: OpenCredentials;
  readonly stores: { readonly intake: Pick<Stores['intake'], 'findCursor'> };
}

/** Tries accounts with what is stored of them, or with what somebody gives who has not stored it yet. */
export function createAccountTester({ openCredentials, stores }: Needs) {
  return (
    account: Account,
    given?: GivenSecret,
    options: Pick<AccountTestOptions, 'limitMs'> = {},
  ): Promise<AccountTest> =>
    testAccount(async () => openAccount(account, await openCredentials(account, given)), {
      ...options,
      // What is given may lead to another mailbox than the one that was read.
      ...(given === undefined && {
        findCursor: async () => toReadCursor(await stores.intake.findCursor(account.id)),
      }),
    });
}
