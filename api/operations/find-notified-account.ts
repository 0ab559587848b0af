import type { ApiDependencies } from '../dependencies.ts';
import { isSameKey } from '../plugins/is-same-key.ts';

export type Notified =
  | { readonly accountId: string }
  | { readonly refused: 'unknown' | 'forged' | 'ignored' };

/** Whose subscription it is, when the secret that only the provider was given came with it. */
export async function findNotifiedAccount(
  { push, accounts, sealer }: Pick<ApiDependencies, 'push' | 'accounts' | 'sealer'>,
  subscriptionId: string,
  clientState: string,
): Promise<Notified> {
  // A comma joins ids in a row; it is in none of them.
  const row = subscriptionId.includes(',') ? undefined : await push.findByProviderId(subscriptionId);
  if (row === undefined) return { refused: 'unknown' };
  const { accountId } = row;
  const secret = sealer.open(row.clientState, `push_subscription/client_state/${accountId}`);
  if (!isSameKey(clientState, Buffer.from(secret).toString('utf8'))) return { refused: 'forged' };
  const account = await accounts.find(accountId);
  return account?.state === 'active' ? { accountId } : { refused: 'ignored' };
}
