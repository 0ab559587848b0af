import { createHash } from 'node:crypto';
import { isPushed } from '../../src/domain/is-pushed.ts';
import { parseJson } from '../../src/domain/parse-json.ts';
import { toWatchId } from '../../src/domain/to-watch-id.ts';
import type { ApiDependencies } from '../dependencies.ts';
import type { CountWebhook } from '../metrics/add-webhook-counter.ts';
import { GmailNotification, PubSubPush } from '../schemas/gmail-notification.ts';

/**
 * Tells the pulls of the mailbox that something may have come. What is not new, not ours or makes no sense does
 * nothing: sent again it would be no better.
 */
export async function acceptGmailNotification(
  deps: Pick<ApiDependencies, 'push' | 'accounts' | 'controls'>,
  count: CountWebhook,
  body: unknown,
): Promise<void> {
  const push = PubSubPush.safeParse(body);
  const data = push.success ? Buffer.from(push.data.message.data, 'base64').toString('utf8') : '';
  const notification = GmailNotification.safeParse(parseJson(data));
  if (!push.success || !notification.success) return count('gmail', 'invalid');
  const mine = await findMine(deps, notification.data.emailAddress.toLowerCase());
  if (mine.length === 0) return count('gmail', 'unknown');
  const active = mine.filter(isPushed);
  if (active.length === 0) return count('gmail', 'ignored');
  const receipt = createHash('sha256')
    .update(JSON.stringify(['gmail', push.data.message.messageId]))
    .digest('hex');
  if ((await deps.push.findReceipts([receipt])).has(receipt)) return count('gmail', 'replayed');
  try {
    for (const { id } of active) await deps.controls.notifyArrival(id);
  } catch (error) {
    // Pub/Sub sends it again; without a receipt it is not taken for a copy then.
    count('gmail', 'failed');
    throw error;
  }
  await deps.push.saveReceipts([receipt]);
  count('gmail', 'accepted');
}

/** Gmail names the primary address of a mailbox, which need not be the one that people write to. */
async function findMine({ push, accounts }: Pick<ApiDependencies, 'push' | 'accounts'>, address: string) {
  const watched = new Set((await push.findByProviderIds([toWatchId(address)])).map((row) => row.accountId));
  return (await accounts.list()).filter(
    ({ id, kind, address: own }) => kind === 'gmail' && (watched.has(id) || own.toLowerCase() === address),
  );
}
