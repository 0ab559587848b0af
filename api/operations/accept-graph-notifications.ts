import { createHash } from 'node:crypto';
import type { ApiDependencies } from '../dependencies.ts';
import type { CountWebhook } from '../metrics/add-webhook-counter.ts';
import { GraphNotification } from '../schemas/graph-notification.ts';
import { findNotifiedAccount, type Notified } from './find-notified-account.ts';

export type WebhookDependencies = Pick<ApiDependencies, 'push' | 'accounts' | 'sealer' | 'controls'>;

interface Taken {
  readonly accountId: string;
  readonly receipts: string[];
  /** The subscription has to be renewed or made again. */
  renew: boolean;
}

/** What is new among the notifications, told to the pulls of their accounts: one signal each, however many came. */
export async function acceptGraphNotifications(
  deps: WebhookDependencies,
  count: CountWebhook,
  notifications: readonly unknown[],
): Promise<void> {
  const asked = new Map<string, Promise<Notified>>();
  const taken = new Map<string, Taken>();
  for (const value of notifications) {
    const parsed = GraphNotification.safeParse(value);
    if (!parsed.success) {
      count('graph', 'invalid');
      continue;
    }
    const { subscriptionId, clientState } = parsed.data;
    const key = JSON.stringify([subscriptionId, clientState]);
    const found = asked.get(key) ?? findNotifiedAccount(deps, subscriptionId, clientState ?? '');
    asked.set(key, found);
    const notified = await found;
    if ('refused' in notified) count('graph', notified.refused);
    else await take(deps, count, taken, notified.accountId, parsed.data);
  }
  for (const account of taken.values()) await announce(deps, count, account);
}

async function take(
  { push }: WebhookDependencies,
  count: CountWebhook,
  taken: Map<string, Taken>,
  accountId: string,
  notification: GraphNotification,
): Promise<void> {
  const receipt = toReceipt(notification);
  if (!(await push.takeReceipt(receipt))) {
    count('graph', 'replayed');
    return;
  }
  const account = taken.get(accountId) ?? { accountId, receipts: [], renew: false };
  taken.set(accountId, account);
  account.receipts.push(receipt);
  const { lifecycleEvent: event } = notification;
  account.renew ||= event === 'reauthorizationRequired' || event === 'subscriptionRemoved';
}

async function announce(
  { push, controls }: WebhookDependencies,
  count: CountWebhook,
  { accountId, receipts, renew }: Taken,
): Promise<void> {
  try {
    // The pull that is told next asks for a new subscription first, and reads what was missed.
    if (renew) await push.expire(accountId);
    await controls.notifyArrival(accountId);
  } catch (error) {
    // Graph sends them again: they must not be taken for copies then.
    await push.dropReceipts(receipts);
    for (const _ of receipts) count('graph', 'failed');
    throw error;
  }
  for (const _ of receipts) count('graph', 'accepted');
}

const MINUTE_MS = 60_000;

/** What makes a notification one. Lifecycle events bear no identity: they are the same for a minute. */
function toReceipt(notification: GraphNotification): string {
  const { subscriptionId, changeType, resourceData, lifecycleEvent } = notification;
  const identity = lifecycleEvent
    ? [lifecycleEvent, Math.floor(Date.now() / MINUTE_MS)]
    : [changeType, resourceData?.id, resourceData?.['@odata.etag'], resourceData?.sequenceNumber];
  const text = JSON.stringify(['graph', subscriptionId, ...identity]);
  return createHash('sha256').update(text).digest('hex');
}
