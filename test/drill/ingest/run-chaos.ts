import { setTimeout as wait } from 'node:timers/promises';
import { createRandom } from '../../../src/analysis/learned/create-random.ts';
import { countIngest, type IngestCounts } from './count-ingest.ts';
import { createHarm } from './create-harm.ts';
import {
  addAccounts,
  createGmailMailbox,
  createGraphMailbox,
  createImapMailbox,
  createPoorMailboxes,
  type DrillMailbox,
} from './create-mailboxes.ts';
import { createMails, type DrillMail } from './create-mails.ts';
import type { DrillRoom } from './open-drill-room.ts';

export interface ChaosOptions {
  readonly n: number;
  readonly seed: number;
  /** At least so many faults are done. */
  readonly faults: number;
}

export interface ChaosResult extends IngestCounts {
  readonly messages: number;
  readonly copies: number;
  readonly faults: number;
  readonly faultsByKind: Readonly<Record<string, number>>;
  readonly seconds: number;
}

const SETTLE_MS = 20 * 60_000;
const CHUNK = 25;
const LONGEST_LULL_MS = 20_000;
/** Temporal gives a task more and more time, minutes in the end, when worker after worker dies with it. */
const STUCK_MS = 11 * 60_000;
const MOSTLY = 0.9;

/** Mail comes in at every provider while faults happen; then everything is left alone until it has settled. */
export async function runChaos(room: DrillRoom, options: ChaosOptions): Promise<ChaosResult> {
  const { n, seed, faults } = options;
  const { say } = room;
  const mailboxes = [
    ...['rich-1', 'rich-2', 'rich-3'].map((user) => createImapMailbox(room, user)),
    ...createPoorMailboxes(room),
    ...['graph-1', 'graph-2'].map((id) => createGraphMailbox(room, id)),
    ...['gmail-1', 'gmail-2'].map((id) => createGmailMailbox(room, id)),
  ];
  const mails = createMails(`drill-${seed}`, n, seed);
  const streams = mailboxes.map((mailbox, index) => ({
    mailbox,
    mails: mails.filter((_, at) => at % mailboxes.length === index),
  }));
  const startedAt = Date.now();
  // Some is there before the account is: the first pull is a backfill.
  const early = Math.floor(n / mailboxes.length / 4);
  for (const { mailbox, mails: own } of streams)
    await mailbox.deliver(own.slice(0, early).map(({ raw }) => raw));
  await addAccounts(room, mailboxes);
  const harm = createHarm(room, mailboxes, seed);
  const delivery = deliverAll(streams, early, seed, () => harm.count() / faults);
  const delivered = new AbortController();
  const whole = delivery.finally(() => {
    delivered.abort();
  });
  // Until nearly all is here, so that what comes last meets faults as well.
  const isOver = async () =>
    delivered.signal.aborted && harm.count() >= faults && (await countRows(room)) > n * MOSTLY;
  while (!(await isOver())) {
    await progressOf(room, n / faults);
    await harm.next();
    say(`${harm.count()} faults, ${await countRows(room)} of ${n} messages are here`);
  }
  const copies = await whole;
  await harm.end();
  await untilSettled(room, n);
  const counts = await countIngest(
    room,
    streams.map(({ mailbox, mails: own }) => ({ mailbox, tokens: own.map(({ token }) => token) })),
  );
  return {
    ...counts,
    messages: n,
    copies,
    faults: harm.count(),
    faultsByKind: harm.byKind(),
    seconds: Math.round((Date.now() - startedAt) / 1000),
  };
}

/** In step with the faults, so that these meet work under way. Every fiftieth message comes a second time. */
async function deliverAll(
  streams: readonly { readonly mailbox: DrillMailbox; readonly mails: readonly DrillMail[] }[],
  from: number,
  seed: number,
  progress: () => number,
): Promise<number> {
  const random = createRandom(seed + 1);
  const longest = Math.max(...streams.map(({ mails }) => mails.length));
  let copies = 0;
  for (let at = from; at < longest; at += CHUNK) {
    while ((at - from) / (longest - from) > progress() + 0.05) await wait(100);
    for (const { mailbox, mails } of streams) {
      const chunk = mails.slice(at, at + CHUNK).map(({ raw }) => raw);
      const again = mails.slice(0, at).filter(() => random() < CHUNK / 50 / Math.max(at, 1));
      copies += again.length;
      await mailbox.deliver([...chunk, ...again.map(({ raw }) => raw)]);
    }
    await wait(50);
  }
  return copies;
}

/** A fault that meets nothing under way proves nothing. */
async function progressOf(room: DrillRoom, rows: number): Promise<void> {
  const before = await countRows(room);
  const deadline = Date.now() + LONGEST_LULL_MS;
  while (Date.now() < deadline && (await countRows(room)) < before + rows) await wait(100);
}

async function countRows({ sql }: DrillRoom): Promise<number> {
  const count = () => sql<{ n: number }[]>`select count(*)::int as n from message`;
  // A connection that the crash cut fails once; the next one is new.
  const [row] = await count().catch(count);
  return row?.n ?? 0;
}

/** All are here and have ended, or nothing moves any more. */
async function untilSettled({ sql, say }: DrillRoom, n: number): Promise<void> {
  const deadline = Date.now() + SETTLE_MS;
  let last = { settled: -1, at: Date.now() };
  while (Date.now() < deadline) {
    const [row] = await sql<{ settled: number; open: number }[]>`
      select count(*) filter (where state = 'settled')::int as settled,
        count(*) filter (where state in ('parked', 'running'))::int as open from message`;
    const { settled = 0, open = 0 } = row ?? {};
    if (settled !== last.settled) last = { settled, at: Date.now() };
    if (settled >= n && open === 0) return;
    if (Date.now() - last.at > STUCK_MS)
      return say(`nothing moves any more: ${settled} settled, ${open} open`);
    say(`${settled} of ${n} messages have settled`);
    await wait(3_000);
  }
}
