import { setTimeout as wait } from 'node:timers/promises';
import { startTcpProxy, type TcpProxy } from '../../support/tcp-proxy.ts';
import { awaitStarts } from './await-starts.ts';
import { addAccounts, createImapMailbox, type DrillMailbox } from './create-mailboxes.ts';
import { createMails } from './create-mails.ts';
import type { DrillRoom } from './open-drill-room.ts';
import { toPercentile } from './to-percentile.ts';

export interface CrowdResult {
  readonly accounts: number;
  readonly idleWaitP95Ms: number;
  /** The same while one account more has its backlog pulled and processed. */
  readonly besideBacklogWaitP95Ms: number;
  readonly fairnessRatio: number;
  readonly backlog: number;
  readonly steadyAccounts: number;
  /** Connections that each of those held, at most, and that they opened in the steady state. */
  readonly connectionsEach: number;
  readonly connectionsOpened: number;
  /** Bytes from the server for each quiet pull. */
  readonly bytesPerQuietPull: number;
  readonly bytesOfMailHeld: number;
  readonly fullRefetches: number;
}

export interface CrowdOptions {
  readonly seed: number;
  readonly accounts: number;
  readonly backlog: number;
}

const STEADY = 30;
const HELD_EACH = 20;
const ROUNDS = 3;
const QUIET_PULLS = 6;
const READY_MS = 240_000;

/** Many accounts side by side: their waits alone and beside a backlog, and what a steady state costs. */
export async function runCrowd(room: DrillRoom, options: CrowdOptions): Promise<CrowdResult> {
  const { seed, accounts, backlog } = options;
  const proxies = await Promise.all(
    Array.from({ length: Math.min(STEADY, accounts) }, () => startTcpProxy(room.providers.dovecot)),
  );
  try {
    const mailboxes = Array.from({ length: accounts - 1 }, (_, n) =>
      createImapMailbox(room, `crowd-${n}`, proxies[n]),
    ).map((mailbox) => ({ ...mailbox, account: { ...mailbox.account, pullEverySeconds: 3_600 } }));
    for (const [n, mailbox] of mailboxes.entries())
      await mailbox.deliver(createMails(`held-${seed}-${n}`, HELD_EACH, seed + n).map(({ raw }) => raw));
    await addAccounts(room, mailboxes);
    for (const { accountId } of mailboxes) await room.call('POST', `/accounts/${accountId}/pull`);
    await untilRead(room, mailboxes.length * HELD_EACH);
    const steady = await measureSteady(room, mailboxes.slice(0, proxies.length), proxies);
    const idle = await measureRounds(room, mailboxes, `idle-${seed}`, seed);
    const rival = createImapMailbox(room, 'crowd-rival');
    const month = new Date(Date.now() - 30 * 86_400_000);
    await rival.deliver(
      createMails(`rival-${seed}`, backlog, seed + 999).map(({ raw }) => raw),
      month,
    );
    await addAccounts(room, [rival]);
    await untilUnderWay(room);
    const beside = await measureRounds(room, mailboxes, `beside-${seed}`, seed + 1);
    const left = await countLeft(room, backlog);
    if (left <= 0) throw new Error('The backlog was done before the waits were measured: take a larger one');
    const [idleWaitP95Ms, besideBacklogWaitP95Ms] = [toPercentile(idle, 95), toPercentile(beside, 95)];
    return {
      accounts,
      idleWaitP95Ms,
      besideBacklogWaitP95Ms,
      fairnessRatio: besideBacklogWaitP95Ms / idleWaitP95Ms,
      backlog,
      ...steady,
    };
  } finally {
    await room.call('POST', '/accounts/crowd-rival/pause', {}).catch(() => undefined);
    for (const proxy of proxies) await proxy.stop();
  }
}

/** One message for each account, all at the same moment, and a pull of each: so many times. */
async function measureRounds(
  room: DrillRoom,
  mailboxes: readonly DrillMailbox[],
  prefix: string,
  seed: number,
): Promise<number[]> {
  const waits: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const mails = createMails(`${prefix}-${round}`, mailboxes.length, seed + round);
    const delivered = await Promise.all(
      mailboxes.map(async (mailbox, n) => {
        const mail = mails[n];
        const at = Date.now();
        await mailbox.deliver(mail === undefined ? [] : [mail.raw]);
        return { accountId: mailbox.accountId, token: mail?.token ?? '', at };
      }),
    );
    await Promise.all(mailboxes.map(({ accountId }) => room.call('POST', `/accounts/${accountId}/pull`)));
    waits.push(...(await awaitStarts(room, delivered)));
    room.say(`${prefix}: p95 ${toPercentile(waits, 95)} ms after ${waits.length} messages`);
    await wait(1_000);
  }
  return waits;
}

/** Quiet pulls, counted on the wire. A full refetch would be as large as all the mail that is held. */
async function measureSteady(
  room: DrillRoom,
  mailboxes: readonly DrillMailbox[],
  proxies: readonly TcpProxy[],
) {
  for (const proxy of proxies) proxy.reset();
  const held = createMails('x', HELD_EACH, 1).reduce((sum, { raw }) => sum + raw.byteLength, 0);
  let connectionsEach = 0;
  for (let round = 0; round < QUIET_PULLS; round += 1) {
    for (const { accountId } of mailboxes) await room.call('POST', `/accounts/${accountId}/pull`);
    await untilQuiet(room);
    connectionsEach = Math.max(connectionsEach, ...proxies.map(({ open }) => open));
  }
  const down = proxies.map(({ counts }) => counts.down);
  return {
    steadyAccounts: proxies.length,
    connectionsEach,
    connectionsOpened: proxies.reduce((sum, { counts }) => sum + counts.connections, 0),
    bytesPerQuietPull: Math.round(down.reduce((sum, bytes) => sum + bytes, 0) / proxies.length / QUIET_PULLS),
    bytesOfMailHeld: held,
    fullRefetches: down.filter((bytes) => bytes > held / 2).length,
  };
}

async function untilQuiet(room: DrillRoom): Promise<void> {
  const deadline = Date.now() + READY_MS;
  const query = `WorkflowType = 'pullAccount' AND ExecutionStatus = 'Running'`;
  await wait(1_500);
  while ((await room.temporal.workflow.count(query)).count > 0) {
    if (Date.now() > deadline) throw new Error('The pulls do not end');
    await wait(250);
  }
}

async function untilRead(room: DrillRoom, wanted: number): Promise<void> {
  const deadline = Date.now() + READY_MS;
  for (;;) {
    const [row] = await room.sql<{ settled: number }[]>`
      select count(*)::int as settled from message where account_id like 'crowd-%' and state = 'settled'`;
    if ((row?.settled ?? 0) >= wanted) return;
    if (Date.now() > deadline) throw new Error(`Only ${row?.settled} of ${wanted} held messages were read`);
    room.say(`${row?.settled ?? 0} of ${wanted} held messages are read`);
    await wait(2_000);
  }
}

async function untilUnderWay(room: DrillRoom): Promise<void> {
  const deadline = Date.now() + READY_MS;
  for (;;) {
    const [row] = await room.sql<{ n: number }[]>`
      select count(*)::int as n from message where account_id = 'crowd-rival' and state = 'settled'`;
    if ((row?.n ?? 0) > 20) return;
    if (Date.now() > deadline) throw new Error('The backlog is not read');
    await wait(250);
  }
}

async function countLeft({ sql }: DrillRoom, backlog: number): Promise<number> {
  const [row] = await sql<{ n: number }[]>`
    select count(*)::int as n from message where account_id = 'crowd-rival' and state = 'settled'`;
  return backlog - (row?.n ?? 0);
}
