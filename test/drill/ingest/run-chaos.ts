import { setTimeout as wait } from 'node:timers/promises';
import { createRandom } from '../../../src/analysis/learned/create-random.ts';
import { toSeededFates } from '../../support/tcp-proxy.ts';
import { countIngest, type IngestCounts } from './count-ingest.ts';
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
import { AUDIENCE, SERVICE_ACCOUNT } from './start-providers.ts';

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

const HOUR_MS = 3_600_000;
const SETTLE_MS = 15 * 60_000;
const CHUNK = 25;
const LONGEST_LULL_MS = 6_000;
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

/** One fault after the other by the seed; those of providers go on beside them by chance. */
function createHarm(room: DrillRoom, mailboxes: readonly DrillMailbox[], seed: number) {
  const { providers, worker, clock } = room;
  const { dovecotProxy, greenmail, graph, gmail } = providers;
  const random = createRandom(seed + 2);
  const counts: Record<string, number> = {};
  const note = (kind: string) => {
    counts[kind] = (counts[kind] ?? 0) + 1;
  };
  let uidValidity = 1_000_000 + seed;
  const pick = <T>(items: readonly T[]): T | undefined => items[Math.floor(random() * items.length)];
  const of = (provider: string) => pick(mailboxes.filter((mailbox) => mailbox.provider === provider));

  gmail.faults.set(
    { '429': 0.01, '403': 0.005, '500': 0.01, '503': 0.01, '401': 0.005, reset: 0.01, cut: 0.01 },
    seed,
  );
  gmail.pubSub.set({
    url: `${room.webhooks.url}/webhooks/gmail`,
    audience: AUDIENCE,
    serviceAccount: SERVICE_ACCOUNT,
    dropped: 0.1,
    doubled: 0.1,
  });
  graph.controls.faults({
    seed,
    rates: { throttle: 0.02, unavailable: 0.02, error: 0.01, reset: 0.01 },
    partRate: 0.01,
    doubled: 0.1,
    dropped: 0.1,
    retryAfterSeconds: 1,
  });
  for (const proxy of [dovecotProxy, greenmail?.proxy]) proxy?.setFate(toSeededFates(seed, { rate: 0.3 }));

  const cutAll = () => {
    for (const proxy of [dovecotProxy, greenmail?.proxy]) proxy?.cutAll();
  };

  const deeds: readonly (readonly [kind: string, weight: number, deed: () => unknown])[] = [
    ['worker killed', 3, () => worker.killAndRestart()],
    ['IMAP connections cut', 4, cutAll],
    ['UIDVALIDITY changed', 1, () => providers.renumber(of('imap')?.accountId ?? '', uidValidity++)],
    ['delta links expired', 2, () => graph.controls.expireDelta()],
    ['history expired', 2, () => gmail.getMailbox(of('gmail')?.address ?? '').expireHistory()],
    ['clock jumped', 1, () => clock.jump(Math.round((random() - 0.5) * 4 * HOUR_MS))],
  ];
  const bag = deeds.flatMap((deed) => Array.from({ length: deed[1] }, () => deed));

  const fromProviders = (): Record<string, number> => {
    const { faults } = graph.controls.counters();
    const sum = (of: object) => Object.values(of).reduce<number>((all, value) => all + Number(value), 0);
    const { dropped, doubled } = gmail.pubSub.counts;
    return {
      'Graph refused': sum(faults),
      'Gmail refused': sum(gmail.faults.counts),
      'Gmail notification lost or doubled': dropped + doubled,
      'IMAP connection harmed': dovecotProxy.faults + (greenmail?.proxy.faults ?? 0),
    };
  };
  const byKind = () => ({ ...counts, ...fromProviders() });

  return {
    byKind,
    count: () => Object.values(byKind()).reduce((sum, value) => sum + value, 0),
    async next(): Promise<void> {
      await wait(random() * 500);
      const [kind, , deed] = pick(bag) ?? [];
      if (kind === undefined || deed === undefined) return;
      await deed();
      note(kind);
    },
    /** From now on everything goes well. */
    async end(): Promise<void> {
      gmail.faults.set({}, seed);
      gmail.pubSub.set({
        url: `${room.webhooks.url}/webhooks/gmail`,
        audience: AUDIENCE,
        serviceAccount: SERVICE_ACCOUNT,
      });
      graph.controls.faults({});
      for (const proxy of [dovecotProxy, greenmail?.proxy]) proxy?.setFate(undefined);
      await clock.jump(0);
    },
  };
}

/** A fault that meets nothing under way proves nothing. */
async function progressOf(room: DrillRoom, rows: number): Promise<void> {
  const before = await countRows(room);
  const deadline = Date.now() + LONGEST_LULL_MS;
  while (Date.now() < deadline && (await countRows(room)) < before + rows) await wait(100);
}

async function countRows({ sql }: DrillRoom): Promise<number> {
  const [row] = await sql<{ n: number }[]>`select count(*)::int as n from message`;
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
    if (Date.now() - last.at > 120_000)
      return say(`nothing moves any more: ${settled} settled, ${open} open`);
    say(`${settled} of ${n} messages have settled`);
    await wait(3_000);
  }
}
