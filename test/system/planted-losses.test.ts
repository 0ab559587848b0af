import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ActivityDependencies } from '../../activities/dependencies.ts';
import { ServiceError } from '../../src/domain/service-error.ts';
import { createListMailbox } from '../support/kill/create-list-mailbox.ts';
import { createNotices } from '../support/kill/create-notices.ts';
import { toKillAccount } from '../support/kill/kill-mailbox.ts';
import { type HandRoom, openHandRoom } from '../support/kill/open-hand-room.ts';

type Breach = (room: HandRoom, id: string) => Partial<ActivityDependencies>;

let room: HandRoom;
beforeAll(async () => {
  room = await openHandRoom();
});
afterAll(() => room.close());

/** Does `first` in place of its first call. */
function once<A extends unknown[], R>(first: (...args: A) => Promise<R>, then: (...args: A) => Promise<R>) {
  const turns = [first];
  return (...args: A) => (turns.pop() ?? then)(...args);
}

const die = () => Promise.reject(new ServiceError('Unavailable', 'It died here'));

/** Pulls and audits as one might build them who never saw one die, and what the judge of the other tests has to say. */
const BREACHES: Readonly<Record<string, readonly [fault: string, breach: Breach]>> = {
  'the cursor moves before the mail is parked': [
    'lost: Backup 0 has ended',
    ({ stores: { intake }, sql }, id) => ({
      intake: {
        ...intake,
        park: once(async ({ cursor = '' }) => {
          await sql`insert into mailbox_cursor (account_id, cursor) values (${id}, ${cursor})`;
          return die();
        }, intake.park),
      },
    }),
  ],
  'a page that was parked is read again under other keys': [
    '2 rows: Backup 0 has ended',
    ({ stores: { intake }, sql }, id) => ({
      intake: {
        ...intake,
        park: once(
          async (page) => {
            const items = page.items.map((item) => ({ ...item, providerKey: `own ${item.providerKey}` }));
            await intake.park({ ...page, items, cursor: undefined });
            await sql`delete from batch where account_id = ${id}`;
            return die();
          },
          (page) => intake.park({ ...page, windowHours: 0 }),
        ),
      },
    }),
  ],
  'what was parked before is handed out by each pull': [
    'started 2 times: Backup 0 has ended',
    ({ stores: { intake }, sql }, id) => ({
      intake: {
        ...intake,
        async findForgotten() {
          const rows = await sql<{ id: string }[]>`select id from message where account_id = ${id}`;
          return rows.map((row) => row.id);
        },
      },
    }),
  ],
  'the answer to a page that was parked is lost with its messages': [
    'started 0 times: Backup 0 has ended',
    ({ stores: { intake } }) => ({
      intake: {
        ...intake,
        park: once(async (page) => {
          await intake.park(page);
          return die();
        }, intake.park),
        async openPage(request) {
          const opening = await intake.openPage(request);
          const { committed } = opening;
          return committed === undefined ? opening : { committed: { ...committed, messageIds: [] } };
        },
      },
    }),
  ],
  'an audit calls healed what it never stored': [
    'lost: Backup 2 has ended',
    ({ stores: { intake, audits } }) => ({
      intake: {
        ...intake,
        park: (page) =>
          page.auditId === undefined
            ? intake.park(page)
            : Promise.resolve({ messageIds: [], items: 1, duplicates: 0, quarantined: 0, done: true }),
      },
      audits: {
        ...audits,
        async finish(...asked) {
          const totals = await audits.finish(...asked);
          return { ...totals, healed: totals.missing };
        },
      },
    }),
  ],
  'what is stored is not what came': [
    'its source is not what was delivered: Backup 0 has ended',
    ({ sealer }) => ({ sealer: { ...sealer, seal: (_, aad) => sealer.seal(Buffer.from('Hello'), aad) } }),
  ],
};

/** What is named before an audit could make up for it, and after. */
async function judge(name: string, breach: Breach): Promise<string[]> {
  const id = name.replaceAll(' ', '-');
  const mails = createNotices(3, id);
  const list = createListMailbox(mails);
  const mailbox = { account: toKillAccount(id, { kind: 'imap' }), open: async () => list };
  const run = await room.add({ mailbox, changes: breach(room, id) });
  await run.pull(id, `pull-${id}`);
  await run.pull(id, `next-${id}`);
  const pulled = await room.judge(run, id, mails);
  await room.lose(run, id);
  await run.audit(id, `audit-${id}`);
  return [...pulled, ...(await room.judge(run, id, mails))];
}

test.each(Object.entries(BREACHES))('a fault is named when %s', async (name, [fault, breach]) => {
  expect(await judge(name, breach)).toContain(fault);
});

test('nothing is named when all is as it should be', async () => {
  expect(await judge('sound', () => ({}))).toEqual([]);
});
