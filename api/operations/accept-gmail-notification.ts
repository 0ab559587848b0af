import { createHash } from 'node:crypto';
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
  const notification = GmailNotification.safeParse(push.success ? decode(push.data.message.data) : undefined);
  if (!push.success || !notification.success) return count('gmail', 'invalid');
  const address = notification.data.emailAddress.toLowerCase();
  const mine = (await deps.accounts.list()).filter(
    (account) => account.kind === 'gmail' && account.address.toLowerCase() === address,
  );
  if (mine.length === 0) return count('gmail', 'unknown');
  const active = mine.filter(({ state }) => state === 'active');
  if (active.length === 0) return count('gmail', 'ignored');
  const receipt = createHash('sha256')
    .update(JSON.stringify(['gmail', push.data.message.messageId]))
    .digest('hex');
  if (!(await deps.push.takeReceipt(receipt))) return count('gmail', 'replayed');
  try {
    for (const { id } of active) await deps.controls.notifyArrival(id);
  } catch (error) {
    // Pub/Sub sends it again: it must not be taken for a copy then.
    await deps.push.dropReceipts([receipt]);
    count('gmail', 'failed');
    throw error;
  }
  count('gmail', 'accepted');
}

function decode(data: string): unknown {
  try {
    return JSON.parse(Buffer.from(data, 'base64').toString('utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
