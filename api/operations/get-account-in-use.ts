import type { AccountRow } from '../../db/account-store.ts';
import { ServiceError } from '../../src/domain/service-error.ts';
import type { ApiDependencies } from '../dependencies.ts';

/** Throws NotFound, or Conflict for one that was removed: nothing brings its mailbox back. */
export async function getAccountInUse(
  { accounts }: Pick<ApiDependencies, 'accounts'>,
  id: string,
): Promise<AccountRow> {
  const account = await accounts.get(id);
  if (account.state !== 'removed') return account;
  throw new ServiceError('Conflict', `The account "${id}" was removed`, {
    fix: 'Add it again under another id; its mail stays readable.',
  });
}
