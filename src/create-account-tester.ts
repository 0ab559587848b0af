import type { AccountTest } from '../api/dependencies.ts';
import type { GivenSecret, OpenCredentials } from './create-credentials.ts';
import type { Stores } from './create-stores.ts';
import type { Account } from './domain/account.ts';
import { toReadCursor } from './domain/cursor-reset.ts';
import { describeAsked } from './domain/provider-wait.ts';
import { openAccount } from './open-account.ts';
import { type AccountTestOptions, testAccount } from './test-account.ts';

interface Needs {
  readonly openCredentials: OpenCredentials;
  readonly stores: {
    readonly intake: Pick<Stores['intake'], 'findCursor'>;
    readonly accounts: Pick<Stores['accounts'], 'findWait'>;
  };
}

/**
 * Tries accounts with what is stored of them, or with what somebody gives who has not stored it yet. Also while pulls
 * leave the provider alone, and says so.
 */
export function createAccountTester({ openCredentials, stores }: Needs) {
  return async (
    account: Account,
    given?: GivenSecret,
    options: Pick<AccountTestOptions, 'limitMs'> = {},
  ): Promise<AccountTest> => {
    const result = await testAccount(
      async () => openAccount(account, await openCredentials(account, given)),
      {
        ...options,
        // What is given may lead to another mailbox than the one that was read.
        ...(given === undefined && {
          findCursor: async () => toReadCursor(await stores.intake.findCursor(account.id)),
        }),
      },
    );
    if (!result.ok || given !== undefined) return result;
    const wait = await stores.accounts.findWait(account.id);
    return wait === undefined
      ? result
      : { ...result, lines: [...result.lines, describeAsked(wait, new Date())] };
  };
}
