import { createHash } from 'node:crypto';
import type { PushRow } from '../../db/push-store.ts';
import type { ApiDependencies } from '../dependencies.ts';
import type { CountWebhook } from '../metrics/add-webhook-counter.ts';
import { GraphNotification } from '../schemas/graph-notification.ts';
import { findNotifiedAccount, type Notified } from './find-notified-account.ts';

export type WebhookDependencies = Pick<ApiDependencies, 'push' | 'accounts' | 'sealer' | 'controls'>;

interface Taken {
  readonly accountId: string;
  readonly receipts: Set<string>;
  /** The subscription has to be renewed or made again. */
  renew: boolean;
}

/**
 * What is new among the notifications, told to the pulls of their accounts: one signal each, however many came. A
 * receipt is kept after the pull was told: what fails in between is sent again, and a signal more does no harm.
 */
export async function acceptGraphNotifications(
  deps: WebhookDependencies,
  count: CountWebhook,
  notifications: readonly unknown[],
): Promise<void> {
  const read = notifications.flatMap((value) => {
    const { data } = GraphNotification.safeParse(value);
    if (data === undefined) count('graph', 'invalid');
    return data === undefined ? [] : [{ ...data, receipt: toReceipt(data) }];
  });
  const rows = await findRows(deps.push, read);
  const known =
    rows.size === 0 ? new Set<string>() : await deps.push.findReceipts(read.map((r) => r.receipt));
  const asked = new Map<string, Promise<Notified>>();
  const taken = new Map<string, Taken>();
  for (const { receipt, ...notification } of read) {
    const { subscriptionId, clientState, lifecycleEvent: event } = notification;
    const key = JSON.stringify([subscriptionId, clientState]);
    const found = asked.get(key) ?? findNotifiedAccount(deps, rows.get(subscriptionId), clientState ?? '');
    asked.set(key, found);
    const notified = await found;
    if ('refused' in notified) {
      count('graph', notified.refused);
      continue;
    }
    if (known.has(receipt)) {
      count('graph', 'replayed');
      continue;
    }
    known.add(receipt);
    const { accountId } = notified;
    const account = taken.get(accountId) ?? { accountId, receipts: new Set(), renew: false };
    taken.set(accountId, account);
    account.receipts.add(receipt);
    account.renew ||= event === 'reauthorizationRequired' || event === 'subscriptionRemoved';
  }
  for (const account of taken.values()) await announce(deps, count, account);
}

/** By the id of the subscription. A comma joins ids in a row; it is in none of them. */
async function findRows(
  push: WebhookDependencies['push'],
  read: readonly GraphNotification[],
): Promise<Map<string, PushRow>> {
  const ids = new Set(read.map(({ subscriptionId }) => subscriptionId).filter((id) => !id.includes(',')));
  const rows = await push.findByProviderIds([...ids]);
  return new Map(
    rows.flatMap((row) => (row.subscription?.id.split(',') ?? []).map((id) => [id, row] as const)),
  );
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
    for (const _ of receipts) count('graph', 'failed');
    throw error;
  }
  await push.saveReceipts([...receipts]);
  for (const _ of receipts) count('graph', 'accepted');
}

const MINUTE_MS = 60_000;

/** What makes a notification one. Lifecycle events, and what names no message, are the same for a minute. */
function toReceipt(notification: GraphNotification): string {
  const { subscriptionId, changeType, resourceData, lifecycleEvent } = notification;
  const identity = !resourceData?.id
    ? [lifecycleEvent ?? changeType, Math.floor(Date.now() / MINUTE_MS)]
    : [changeType, resourceData.id, resourceData['@odata.etag'], resourceData.sequenceNumber];
  const text = JSON.stringify(['graph', subscriptionId, ...identity]);
  return createHash('sha256').update(text).digest('hex');
}
