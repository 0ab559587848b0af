import { afterAll, beforeAll, expect, test } from 'vitest';
import { sourceHash } from '../../src/mail/identity.ts';
import type { MailboxItem } from '../../src/mail/mailbox.ts';
import { describeUnless } from '../support/describe-unless.ts';
import { toRequest } from '../support/imap-account.ts';
import { createNotices } from '../support/kill/create-notices.ts';
import {
  KILL_FOLDER,
  KILL_LABEL,
  type KillMailbox,
  type KillServer,
  type RequestCut,
} from '../support/kill/kill-mailbox.ts';
import { KILL_PROVIDERS } from '../support/kill/kill-providers.ts';
import { type HandRoom, openHandRoom } from '../support/kill/open-hand-room.ts';
import { type Trial, tryEach } from '../support/kill/try-each.ts';

const CUTS: readonly RequestCut[] = ['before', 'after'];
const MARKED = { writeBack: { seen: true, label: KILL_LABEL, folder: KILL_FOLDER } };
/** Fewer cuts would say that they miss. */
const LEAST = 20;

let room: HandRoom;
beforeAll(async () => {
  room = await openHandRoom();
});
afterAll(() => room.close());

for (const [provider, missing, start] of KILL_PROVIDERS) {
  describeUnless(missing, `a provider whose connection is cut (${provider})`, () => {
    let server: KillServer;
    beforeAll(async () => {
      server = await start();
    });
    afterAll(() => server.stop());

    test.each(CUTS)('%s any request of a pull, its marks, and an audit that heals', async (how) => {
      const { cuts, faults } = await tryEach((n) => cutEachCall(server, `${provider}-${how}-${n}`, n, how));
      expect(faults).toEqual([]);
      expect(cuts).toBeGreaterThan(LEAST);
    });
  });
}

/** Cuts the `n`-th request of each activity, the first time that it is called. */
async function cutEachCall(server: KillServer, id: string, n: number, how: RequestCut): Promise<Trial> {
  const mailbox = await server.create(id);
  const { cut } = mailbox;
  let cuts = 0;
  const arm = (next: number) => {
    cuts += cut?.countCuts() ?? 0;
    cut?.cutAt(next, how);
  };
  const run = await room.add({
    mailbox,
    settings: MARKED,
    changes: { publicUrl: server.publicUrl },
    onCall: () => arm(n),
  });
  const mails = createNotices(5, id);
  await mailbox.deliver(mails.slice(0, 3));
  await run.pull(id, `pull-${id}`);
  await run.mark(id);
  await mailbox.deliver(mails.slice(3));
  await run.pull(id, `next-${id}`);
  await room.lose(run, id);
  const { healed } = await run.audit(id, `audit-${id}`);
  const clean = await run.audit(id, `again-${id}`);
  arm(0);
  const faults = await room.judge(run, id, mails);
  const found = { healed, missing: clean.missing, pending: clean.pending, ...(await mailbox.look()) };
  const wanted = { healed: 1, missing: 0, pending: 0, inbox: 2, done: 3, seen: 3, labelled: 3 };
  if (JSON.stringify(found) !== JSON.stringify(wanted)) faults.push(JSON.stringify(found));
  const subscriptions = mailbox.countSubscriptions?.() ?? 1;
  if (subscriptions !== 1) faults.push(`subscribed to ${subscriptions} times`);
  return { cuts, faults: [...faults, ...(await judgeCursor(mailbox, id))] };
}

/** From its cursor on an account reads what came since, all of it and nothing else. */
async function judgeCursor(mailbox: KillMailbox, id: string): Promise<string[]> {
  const [late = Buffer.of()] = createNotices(1, `late-${id}`);
  await mailbox.deliver([late]);
  const opened = await mailbox.open(mailbox.account);
  const items: MailboxItem[] = [];
  let cursor = await room.stores.intake.findCursor(id);
  for (let isDone = false; !isDone; ) {
    const page = await opened.readPage(toRequest({ cursor }));
    items.push(...page.items);
    [cursor, isDone] = [page.cursor, page.done];
  }
  await opened.close();
  const isRight = items.length === 1 && sourceHash(items[0]?.raw ?? Buffer.of()) === sourceHash(late);
  return isRight ? [] : [`the cursor leads to ${items.map(({ label }) => label).join(', ') || 'nothing'}`];
}
