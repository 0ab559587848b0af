import { describe, expect, it } from 'vitest';
import type { AccountRemovalStore } from '../../db/account-removal-store.ts';
import type { AccountRow, AccountStore } from '../../db/account-store.ts';
import { ACCOUNT, createFakes } from './support/fake-dependencies.ts';
import { fakeStore } from './support/fake-store.ts';
import { failureOf, runActivity } from './support/run-activity.ts';

const REMOVED: AccountRow = { ...ACCOUNT, state: 'removed' };

function openRemoval(account: AccountRow | undefined, chunks: number[] = []) {
  const calls: string[] = [];
  const { deps } = createFakes({
    accounts: fakeStore<AccountStore>('accounts', { find: async () => account }),
    accountRemovals: fakeStore<AccountRemovalStore>('accountRemovals', {
      async removeMessages() {
        calls.push('messages');
        return chunks.shift() ?? 0;
      },
      async removeRows() {
        calls.push('rows');
        return 0;
      },
      async removeAccount(id) {
        calls.push(`account ${id}`);
      },
    }),
    async stopRuns(id) {
      calls.push(`stop ${id}`);
    },
  });
  return { calls, remove: () => runActivity(deps, 'removeAccountData', { accountId: 'sales' }) };
}

describe('the data of an account that was removed', () => {
  it('are deleted chunk by chunk, once its runs have ended, and the account comes last', async () => {
    const { calls, remove } = openRemoval(REMOVED, [100, 7]);
    expect(await remove()).toEqual({ messages: 107 });
    expect(calls).toEqual([
      'stop sales',
      'messages',
      'messages',
      'messages',
      'rows',
      'stop sales',
      'account sales',
    ]);
  });

  it('stay while the account is in use', async () => {
    const { calls, remove } = openRemoval(ACCOUNT);
    expect(await failureOf(remove())).toMatchObject({ type: 'Conflict', nonRetryable: true });
    expect(calls).toEqual([]);
  });

  it('are gone when an attempt before this one had come to its end', async () => {
    const { calls, remove } = openRemoval(undefined);
    expect(await remove()).toEqual({ messages: 0 });
    expect(calls).toEqual([]);
  });
});
