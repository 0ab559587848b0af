import type { AccountTest } from '../api/dependencies.ts';
import type { Stores } from './create-stores.ts';
import type { Account } from './domain/account.ts';
import { ServiceError } from './domain/service-error.ts';
import type { Credentials } from './mail/credentials.ts';
import { openAccount } from './open-account.ts';
import type { Sealer } from './security/seal.ts';
import { testAccount } from './test-account.ts';

/** Tries accounts with what is stored of them, or with what somebody gives who has not stored it yet. */
export function createAccountTester({
  stores,
  sealer,
}: {
  readonly stores: Stores;
  readonly sealer: Sealer;
}) {
  async function getCredentials(
    account: Account,
    given: { readonly secret: string | undefined } | undefined,
  ): Promise<Credentials> {
    if (account.kind === 'files') return { kind: 'password', password: '' };
    if (account.oauth !== undefined && given !== undefined) throw notSignedIn(account.id);
    if (given?.secret !== undefined) return { kind: 'password', password: given.secret };
    return { kind: 'password', password: await openStored(account.id) };
  }

  async function openStored(id: string): Promise<string> {
    const sealed = await stores.accounts.findSecret(id);
    if (sealed === undefined) {
      throw new ServiceError('AuthenticationFailed', `Account "${id}" has no password`, {
        fix: `npm run mailroom -- account password ${id} --password-file FILE`,
      });
    }
    return Buffer.from(sealer.open(sealed, `account/secret/${id}`)).toString('utf8');
  }

  return (account: Account, given?: { readonly secret: string | undefined }): Promise<AccountTest> =>
    testAccount(async () => openAccount(account, await getCredentials(account, given)));
}

function notSignedIn(id: string): ServiceError {
  return new ServiceError('AuthenticationFailed', 'Nobody has signed in to this mailbox yet', {
    fix: `Add the account, then: npm run mailroom -- account login ${id}`,
  });
}
