import type { AccountRef } from '../src/contract/activities.ts';
import { ServiceError } from '../src/domain/service-error.ts';
import { assertNoWait } from './assert-no-wait.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { withMailbox } from './with-mailbox.ts';

/** Asks the provider to notify us, or to go on with it. The secret is on record before the provider can use it. */
export async function renewPush(deps: ActivityDependencies, { accountId }: AccountRef): Promise<void> {
  const { publicUrl } = deps;
  const account = await deps.accounts.get(accountId);
  if (publicUrl === undefined || account.state !== 'active') return;
  await assertNoWait(deps, accountId);
  const known = await deps.push.find(accountId);
  const place = `push_subscription/client_state/${accountId}`;
  const clientState =
    known === undefined
      ? Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64url')
      : new TextDecoder().decode(deps.sealer.open(known.clientState, place));
  if (known === undefined)
    await deps.push.prepare(accountId, deps.sealer.seal(Buffer.from(clientState), place));
  const findOthers = async (ids: readonly string[]) => {
    const rows = (await deps.push.findByProviderIds(ids)).filter((row) => row.accountId !== accountId);
    return new Set(rows.flatMap(({ subscription }) => subscription?.id.split(',') ?? []));
  };
  try {
    const subscription = await withMailbox(deps, account, async (mailbox, signal) =>
      mailbox.subscribe?.(known?.subscription, { publicUrl, clientState, findOthers, signal }),
    );
    if (subscription !== undefined) await deps.push.save(accountId, subscription);
  } catch (error) {
    if (error instanceof ServiceError) await deps.push.recordError(accountId, error.message);
    throw error;
  }
}
