import { afterAll, beforeAll, expect, test } from 'vitest';
import { messageWorkflowId } from '../../src/contract/workflow-ids.ts';
import { VIEW } from '../activities/support/readings.ts';
import { countIngest, type IngestCounts, type JudgedRoom } from '../drill/ingest/count-ingest.ts';
import { createMails } from '../drill/ingest/create-mails.ts';
import type { HandRun } from '../support/kill/create-hand-run.ts';
import { createListMailbox } from '../support/kill/create-list-mailbox.ts';
import { toKillAccount } from '../support/kill/kill-mailbox.ts';
import { type HandRoom, openHandRoom } from '../support/kill/open-hand-room.ts';

let room: HandRoom;
beforeAll(async () => {
  room = await openHandRoom();
});
afterAll(() => room.close());

const COUNT = 4;
const GOOD = { lost: 0, duplicated: 0, startedAgain: 0, unaccounted: 0, healed: 0, processed: COUNT };
/** The ledger is content, whatever happens. */
const CONTENT = { state: 'completed', unaccounted: 0, healed: 0, pending: 0, unfinished: 0 };

/** An account that holds all its mail, as a drill leaves it. */
async function settle(id: string) {
  const mails = createMails(id, COUNT, 7);
  const list = createListMailbox(mails.map(({ raw }) => raw));
  const run = await room.add({
    mailbox: { account: toKillAccount(id, { kind: 'imap' }), open: async () => list },
    changes: {
      readView: async (raw) => {
        const subject = /^Subject: (.*)\r$/m.exec(Buffer.from(raw).toString())?.[1] ?? '';
        return { ...VIEW, subject, messageIdHeader: undefined };
      },
    },
  });
  await run.pull(id, `pull-${id}`);
  return { run, tokens: mails.map(({ token }) => token) };
}

function judge(id: string, tokens: readonly string[], { starts }: HandRun): Promise<IngestCounts> {
  const call: JudgedRoom['call'] = async <T>(method: string) =>
    ({ items: method === 'GET' ? [{ ...CONTENT, startedAt: new Date().toISOString() }] : [] }) as T;
  const runs = [...starts].flatMap(([messageId, count]) =>
    Array.from({ length: count }, () => ({ workflowId: messageWorkflowId(id, messageId) })),
  );
  async function* list() {
    yield* runs;
  }
  const temporal = { workflow: { list } } as unknown as JudgedRoom['temporal'];
  return countIngest({ sql: room.sql, call, temporal }, [{ mailbox: { accountId: id }, tokens }]);
}

type Harm = (id: string, run: HandRun) => Promise<unknown>;

const HARMS: readonly (readonly [harm: string, Partial<IngestCounts>, Harm])[] = [
  ['nothing', {}, async () => undefined],
  ['a message that is gone', { lost: 1, processed: COUNT - 1 }, (id, run) => room.lose(run, id)],
  [
    'one that is gone while another is there twice',
    { lost: 1, duplicated: 1, processed: COUNT - 1 },
    async (id, run) => {
      await room.lose(run, id);
      await copyOne(id, id);
    },
  ],
  [
    'the mail of another account',
    { duplicated: 1 },
    async (id) => {
      await settle(`${id}-2`);
      await copyOne(`${id}-2`, id);
    },
  ],
  [
    'one that an audit of the schedule had to fetch',
    { healed: 1 },
    (id) =>
      room.sql`insert into audit (id, account_id, state, healed, missing) values (${id}, ${id}, 'completed', 1, 1)`,
  ],
  [
    'one that was started a second time',
    { startedAgain: 1 },
    async (_, { starts }) => starts.set([...starts.keys()][0] ?? '', 2),
  ],
];

/** As a pull would leave it that took one for another. */
async function copyOne(from: string, to: string): Promise<void> {
  await room.sql`
    insert into message (id, account_id, provider_key, source_sha256, content_hash, label, size, state, received_at, subject)
    select 'copy-' || ${to}, ${to}, 'copy', source_sha256, content_hash, label, size, state, received_at, subject
    from message where account_id = ${from} order by provider_key limit 1`;
}

test.each(HARMS)('the drill counts %s, whatever the ledger says', async (harm, wanted, doHarm) => {
  const id = harm.replaceAll(' ', '-');
  const { run, tokens } = await settle(id);
  await doHarm(id, run);
  expect(await judge(id, tokens, run)).toEqual({ ...GOOD, ...wanted });
});
