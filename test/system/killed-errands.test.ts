import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ActivityName } from '../../src/contract/activities.ts';
import { importWorkflowId, removalWorkflowId } from '../../src/contract/workflow-ids.ts';
import type { BatchOrigin } from '../../src/domain/batch.ts';
import { ServiceError } from '../../src/domain/service-error.ts';
import { generateMail } from '../support/generate-mail.ts';
import type { ActivityCut, Wrong } from '../support/kill/create-activity-cuts.ts';
import { createNotices } from '../support/kill/create-notices.ts';
import type { KillMailbox } from '../support/kill/kill-mailbox.ts';
import { listCuts } from '../support/kill/list-cuts.ts';
import { type KillRoom, startKillRoom } from '../support/kill/start-kill-room.ts';
import { startMaildirs } from '../support/kill/start-maildirs.ts';
import { type ScriptedSmtpServer, startSmtpServer } from '../support/smtp/start-smtp-server.ts';
import { writeMailFolder } from '../support/write-mail-folder.ts';

const CUTS = ['not recorded', 'not begun'] as const satisfies readonly ActivityCut[];
const TABLES = ['message', 'batch', 'mailbox_cursor', 'audit', 'account_day', 'account'] as const;
const maildirs = startMaildirs();

let room: KillRoom;
let smtp: ScriptedSmtpServer;
beforeAll(async () => {
  smtp = await startSmtpServer({ security: 'none' });
  const { host, port } = smtp.settings;
  room = await startKillRoom({ SMTP_HOST: host, SMTP_PORT: String(port), SMTP_SECURITY: 'none' });
});
afterAll(async () => {
  await room.stop();
  await smtp.stop();
  await maildirs.stop();
});

interface Errand {
  /** Of its account and its mail, which no other errand has. */
  readonly n: number;
  readonly cut: ActivityCut;
  /** One of its activities, done wrongly. */
  readonly plant?: readonly [activity: ActivityName, wrong: (id: string) => Wrong];
}

/** What came of it. */
type Do = (errand: Errand) => Promise<Record<string, unknown>>;

async function open({ n, cut, plant }: Errand, changes: Partial<KillMailbox> = {}, suffix = '') {
  const id = `errand-${n}${suffix}`;
  const mailbox = { ...(await maildirs.create(id)), ...changes };
  await room.add(mailbox);
  if (plant !== undefined) room.cuts.plant(id, plant[0], plant[1](id));
  return { ...mailbox, id, begin: () => room.cuts.set(id, cut) };
}

/** A mail is pulled, drafted, approved and handed over: what it ends as, and how often its answer arrived. */
const answer: Do = async (errand) => {
  const { id, deliver, begin } = await open(errand);
  begin();
  await deliver([Buffer.from(generateMail(11, errand.n))]);
  await room.pull(id);
  const outcome = await room.answer(id);
  const sent = smtp.received.filter(({ raw }) => raw.includes(`<11.${errand.n}@customers.example>`)).length;
  const [row] = await room.sql<{ delivery: string; quarantined: number }[]>`
    select d.state as delivery, (select count(*)::int from quarantine where account_id = ${id}) as quarantined
    from delivery d join draft f on f.id = d.draft_id where f.account_id = ${id}`;
  return { outcome, sent, ...row };
};

const beRefused: Do = (errand) => {
  const recipient = /^From: .*<(.+)>/m.exec(String(generateMail(11, errand.n)))?.[1] ?? '';
  smtp.script.add({ at: 'rcpt', answer: 550, recipient });
  return answer(errand);
};

const importFiles: Do = async (errand) => {
  const { id, begin } = await open(errand);
  const { sealer, stores, controls, client } = room.context;
  const path = join(room.folder, id);
  await writeMailFolder(path, 5, 20 + errand.n);
  begin();
  const origin: BatchOrigin = { kind: 'path', path };
  await stores.batches.add({
    ...{ id, accountId: id, label: 'folder', maxConcurrentOperations: 2, priority: undefined },
    origin: sealer.seal(Buffer.from(JSON.stringify(origin)), `batch/origin/${id}`),
  });
  await controls.startBatch({ batchId: id, accountId: id, maxConcurrentOperations: 2, priority: undefined });
  await controls.pauseBatch(id);
  await controls.resumeBatch(id);
  await client.workflow.getHandle(importWorkflowId(id)).result();
  const { state, totals } = await stores.batches.get(id);
  const { messages, accepted, duplicates } = totals;
  const { rows, runs } = await room.count(id);
  return { state, messages, accepted, duplicates, rows, runs };
};

const bePaused: Do = async (errand) => {
  const refuse = () => Promise.reject(new ServiceError('AuthenticationFailed', 'Wrong password'));
  const { id, begin } = await open(errand, { open: refuse });
  begin();
  await expect(room.pull(id)).rejects.toThrow();
  const { state, stateReason } = await room.context.stores.accounts.get(id);
  return { state, stateReason };
};

/** One of two accounts: the tables in which it left something, and those that the other is missing from. */
const beRemoved: Do = async (errand) => {
  const gone = await open(errand);
  const kept = await open(errand, {}, '-kept');
  for (const { id, deliver, begin } of [gone, kept]) {
    await deliver(createNotices(4));
    await room.pull(id);
    await room.untilSettled(id, 4);
    await room.audit(id);
    begin();
    await room.context.stores.accountRemovals.retire(id, 'Removed');
  }
  await room.context.controls.removeAccount(gone.id);
  await room.context.client.workflow.getHandle(removalWorkflowId(gone.id)).result();
  const [left, missing]: string[][] = [[], []];
  for (const table of TABLES) {
    const column = room.sql(table === 'account' ? 'id' : 'account_id');
    const has = async (id: string) =>
      (await room.sql`select 1 from ${room.sql(table)} where ${column} = ${id} limit 1`).length > 0;
    if (await has(gone.id)) left?.push(table);
    if (!(await has(kept.id))) missing?.push(table);
  }
  return { left, missing };
};

/** What is to come of each; an activity done wrongly, and what then comes of it. */
const ERRANDS: readonly (readonly [what: string, Do, object, NonNullable<Errand['plant']>, object])[] = [
  [
    'an answer goes out once',
    answer,
    { outcome: 'sent', sent: 1, delivery: 'SENT', quarantined: 0 },
    [
      'deliverDraft',
      (id) => async (right) => {
        const drafts = room.sql`select id from draft where account_id = ${id}`;
        await room.sql`update delivery set state = 'INTENT' where draft_id in (${drafts})`;
        return right();
      },
    ],
    { outcome: 'sent', sent: 2 },
  ],
  [
    'what the mail server refused is in quarantine once',
    beRefused,
    { outcome: 'quarantined', sent: 0, delivery: 'FAILED', quarantined: 1 },
    ['quarantineMessage', () => async () => undefined],
    { outcome: 'quarantined', quarantined: 0 },
  ],
  [
    'an import that is held and goes on loads each file once',
    importFiles,
    { state: 'completed', messages: 5, accepted: 5, duplicates: 0, rows: 5, runs: 5 },
    [
      'fetchPage',
      (id) => async (right) => {
        const facts = await right();
        await room.sql`update batch set pages = 0, cursor = null where id = ${id} and pages = 1`;
        return facts;
      },
    ],
    { state: 'completed', rows: 5, duplicates: 6 },
  ],
  [
    'a refused password pauses the account and says why',
    bePaused,
    { state: 'paused', stateReason: 'Wrong password' },
    ['pauseAccount', () => async () => undefined],
    { state: 'active' },
  ],
  [
    'an account that is removed leaves nothing, and another all',
    beRemoved,
    { left: [], missing: [] },
    ['removeAccountData', () => async () => ({ messages: 4 })],
    { left: [...TABLES], missing: [] },
  ],
];

const SOUND = ERRANDS.flatMap(([what, run, wanted], at) =>
  CUTS.map((cut, turn) => [`${what}: ${cut}`, run, { n: 1 + at * CUTS.length + turn, cut }, wanted] as const),
);
const PLANTED = ERRANDS.map(
  ([what, run, , plant, found], at) =>
    [what, run, { n: 30 + at, cut: 'not recorded', plant }, found] as const,
);

test.concurrent.each(SOUND)('%s', async (_, run, errand, wanted) => {
  expect(await run(errand)).toEqual(wanted);
});

test.concurrent.each(PLANTED)('done wrongly it is found out whether %s', async (_, run, errand, found) => {
  expect(await run(errand)).toMatchObject(found);
});

test.concurrent('an answer whose sender died with it on its way is unknown, and not sent again', async () => {
  expect(await answer({ n: 40, cut: 'sent' })).toEqual({
    ...{ outcome: 'delivery-unknown', sent: 1, delivery: 'UNKNOWN', quarantined: 0 },
  });
});

test('each activity of an errand was cut both ways', () => {
  expect([...room.cuts.done]).toEqual(expect.arrayContaining(listCuts('errand', CUTS)));
});
