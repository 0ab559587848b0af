import type { PushRow } from '../../db/push-store.ts';
import { isPushed } from '../../src/domain/is-pushed.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { isSameKey } from '../plugins/is-same-key.ts';

export type Notified =
  | { readonly accountId: string }
  | { readonly refused: 'unknown' | 'forged' | 'ignored' };

/** The account of a subscription, when the secret that only the provider was given came with it. */
export async function findNotifiedAccount(
  { accounts, sealer }: Pick<ApiDependencies, 'accounts' | 'sealer'>,
  row: PushRow | undefined,
  clientState: string,
): Promise<Notified> {
  if (row === undefined) return { refused: 'unknown' };
  const { accountId } = row;
  const secret = sealer.open(row.clientState, `push_subscription/client_state/${accountId}`);
  if (!isSameKey(clientState, Buffer.from(secret).toString('utf8'))) return { refused: 'forged' };
  const account = await accounts.find(accountId);
  return account !== undefined && isPushed(account) ? { accountId } : { refused: 'ignored' };
}
