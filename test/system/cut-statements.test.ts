import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDatabaseClient } from '../../db/client.ts';
import { createStores } from '../../src/create-stores.ts';
import { createChunkCut } from '../support/kill/create-chunk-cut.ts';
import { createListMailbox } from '../support/kill/create-list-mailbox.ts';
import { createNotices } from '../support/kill/create-notices.ts';
import { type RequestCut, toKillAccount } from '../support/kill/kill-mailbox.ts';
import { type HandRoom, openHandRoom } from '../support/kill/open-hand-room.ts';
import { type Trial, tryEach } from '../support/kill/try-each.ts';
import { startTcpProxy } from '../support/tcp-proxy.ts';

const CUTS: readonly RequestCut[] = ['before', 'after'];
const COUNT = 3;
/** Fewer cuts would say that they miss. */
const LEAST = 100;

let room: HandRoom;
beforeAll(async () => {
  room = await openHandRoom();
});
afterAll(() => room.close());

test.each(CUTS)(
  'mail survives that the database is lost %s any statement of a pull, its steps, and an audit that heals',
  async (how) => {
    const { cuts, faults } = await tryEach((n) => cutEachCall(n, how));
    expect(faults).toEqual([]);
    expect(cuts).toBeGreaterThan(LEAST);
  },
);

/** Cuts the `n`-th statement of each activity, the first time that it is called. */
async function cutEachCall(n: number, how: RequestCut): Promise<Trial> {
  const id = `${how}-${n}`;
  const url = new URL(room.databaseUrl);
  const proxy = await startTcpProxy({ host: url.hostname, port: Number(url.port) });
  url.host = `${proxy.host}:${proxy.port}`;
  const client = createDatabaseClient(url.href, { connections: 2 });
  const cut = createChunkCut(proxy, isStatement);
  let cuts = 0;
  const arm = (next: number) => {
    cuts += cut.countCuts();
    cut.cutAt(next, how);
  };
  const mails = createNotices(COUNT, id);
  const list = createListMailbox(mails);
  const run = await room.add({
    mailbox: { account: toKillAccount(id, { kind: 'imap' }), open: async () => list },
    changes: createStores(client.db),
    onCall: () => arm(n),
  });
  await run.pull(id, `pull-${id}`);
  await room.lose(run, id);
  const healed = await run.audit(id, `audit-${id}`);
  const clean = await run.audit(id, `again-${id}`);
  arm(0);
  const faults = await room.judge(run, id, mails);
  const [row] = await room.sql<{ cursor: string; day: number }[]>`
    select cursor, (select sum(messages)::int from account_day where account_id = ${id}) as day
    from mailbox_cursor where account_id = ${id}`;
  await client.close();
  await proxy.stop();
  const figures = { ...row, healed: healed.healed, missing: clean.missing, processed: clean.processed };
  const wanted = { cursor: `${COUNT}`, day: COUNT + 1, healed: 1, missing: 0, processed: COUNT };
  const isRight = JSON.stringify(figures) === JSON.stringify(wanted);
  return { cuts, faults: isRight ? faults : [...faults, JSON.stringify(figures)] };
}

/** PostgreSQL 18, 55.7: Bind, which runs what was parsed before, or Query. */
function isStatement([kind]: Buffer): boolean {
  return kind === 0x42 || kind === 0x51;
}
