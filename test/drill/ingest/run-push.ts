import { setTimeout as wait } from 'node:timers/promises';
import { awaitStarts, type Delivered } from './await-starts.ts';
import {
  addAccounts,
  createGmailMailbox,
  createGraphMailbox,
  createImapMailbox,
  type DrillMailbox,
} from './create-mailboxes.ts';
import { createMails } from './create-mails.ts';
import type { DrillRoom } from './open-drill-room.ts';
import { AUDIENCE, SERVICE_ACCOUNT } from './start-providers.ts';
import { toPercentile } from './to-percentile.ts';

export interface PushResult {
  readonly imapPushP95Ms: number;
  readonly graphPushP95Ms: number;
  readonly gmailPushP95Ms: number;
  readonly pushes: number;
}

const READY_MS = 60_000;
const ROUNDS = 20;

/** How soon a message starts once its provider has it: by IDLE, by a Graph notification, by Pub/Sub. No polling helps. */
export async function runPush(room: DrillRoom, seed: number): Promise<PushResult> {
  const { gmail } = room.providers;
  gmail.pubSub.set({
    url: `${room.webhooks.url}/webhooks/gmail`,
    audience: AUDIENCE,
    serviceAccount: SERVICE_ACCOUNT,
  });
  const mailboxes = [
    createImapMailbox(room, 'push-imap'),
    createGraphMailbox(room, 'push-graph'),
    createGmailMailbox(room, 'push-gmail'),
  ].map((mailbox) => ({ ...mailbox, account: { ...mailbox.account, pullEverySeconds: 3_600 } }));
  await addAccounts(room, mailboxes);
  await untilPushed(room, mailboxes);
  const waits: Record<string, number[]> = {};
  for (const mailbox of mailboxes) {
    const delivered: Delivered[] = [];
    for (const { token, raw } of createMails(`push-${mailbox.provider}-${seed}`, ROUNDS, seed)) {
      delivered.push({ accountId: mailbox.accountId, token, at: Date.now() });
      await mailbox.deliver([raw]);
      await wait(700);
    }
    waits[mailbox.provider] = await awaitStarts(room, delivered);
    room.say(`${mailbox.provider}: push to start p95 ${toPercentile(waits[mailbox.provider] ?? [], 95)} ms`);
  }
  const p95 = (provider: string) => toPercentile(waits[provider] ?? [], 95);
  return {
    imapPushP95Ms: p95('imap'),
    graphPushP95Ms: p95('graph'),
    gmailPushP95Ms: p95('gmail'),
    pushes: ROUNDS * mailboxes.length,
  };
}

/** Each is watched or subscribed to; the first pull of an account sees to that. */
async function untilPushed(room: DrillRoom, mailboxes: readonly DrillMailbox[]): Promise<void> {
  for (const { accountId } of mailboxes) await room.call('POST', `/accounts/${accountId}/pull`);
  const deadline = Date.now() + READY_MS;
  for (;;) {
    const [row] = await room.sql<{ subscribed: number }[]>`
      select count(*)::int as subscribed from push_subscription
      where provider_id is not null and account_id like 'push-%'`;
    const watch = room.temporal.workflow.getHandle('watch/push-imap');
    const isWatched = await watch.describe().then(
      ({ status, raw }) => status.name === 'RUNNING' && (raw.pendingActivities ?? []).length > 0,
      () => false,
    );
    if (row?.subscribed === 2 && isWatched) break;
    if (Date.now() > deadline)
      throw new Error(`Not every provider notifies us: ${await describe(room, isWatched)}`);
    await wait(250);
  }
  // IDLE is entered a moment after its connection is there.
  await wait(2_000);
}

async function describe({ sql }: DrillRoom, isWatched: boolean): Promise<string> {
  const rows = await sql`select account_id, provider_id, last_error from push_subscription`;
  const pulls = await sql`select id, last_pull_error from account where id like 'push-%'`;
  return JSON.stringify({ isWatched, subscriptions: rows, pulls });
}
