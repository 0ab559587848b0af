import type { OpenCredentials } from './create-credentials.ts';
import type { Stores } from './create-stores.ts';
import type { Account } from './domain/account.ts';
import { openAccount } from './open-account.ts';

const LIMIT_MS = 10_000;

interface Parts {
  readonly stores: { readonly push: Pick<Stores['push'], 'find'> };
  readonly openCredentials: OpenCredentials;
}

/** Asks a provider to notify us of an account no more; nothing to do where it never was asked. */
export function createUnsubscribe({ stores, openCredentials }: Parts) {
  return async (account: Account): Promise<void> => {
    const subscription = (await stores.push.find(account.id))?.subscription;
    if (subscription === undefined) return;
    const mailbox = await openAccount(account, await openCredentials(account));
    try {
      await mailbox.unsubscribe?.(subscription, AbortSignal.timeout(LIMIT_MS));
    } finally {
      await mailbox.close();
    }
  };
}
