import type { AccountRow, AccountStore } from '../../../db/account-store.ts';
import type { LiveMailbox } from '../../../src/mail/mailbox.ts';
import { ACCOUNT, createFakes } from './fake-dependencies.ts';
import { fakeStore } from './fake-store.ts';

const unable = () => {
  throw new Error('not asked for');
};

/** A mailbox that can do only what is told of it, and its account: as it is each time that it is looked at. */
export function openUpkeep(can: Partial<LiveMailbox>, ...looks: readonly Partial<AccountRow>[]) {
  const mailbox: LiveMailbox = {
    ...{ readPage: unable, list: unable, readItems: unable, mark: unable, probe: unable },
    close: async () => undefined,
    ...can,
  };
  const fakes = createFakes({ openAccount: async () => mailbox });
  let seen = 0;
  const get = async () => ({ ...ACCOUNT, ...looks[Math.min(seen++, looks.length - 1)] });
  const { findWait } = fakes.deps.accounts;
  return {
    ...fakes,
    deps: { ...fakes.deps, accounts: fakeStore<AccountStore>('accounts', { get, findWait }) },
  };
}
