import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { importWorkflowId, removalWorkflowId } from '../../src/contract/workflow-ids.ts';
import type { BatchOrigin } from '../../src/domain/batch.ts';
import { ServiceError } from '../../src/domain/service-error.ts';
import { generateMail } from '../support/generate-mail.ts';
import type { ActivityCut } from '../support/kill/create-activity-cuts.ts';
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

async function open(name: string, changes: Partial<KillMailbox> = {}) {
  const id = name.replaceAll(' ', '-');
  const mailbox = { ...(await maildirs.create(id)), ...changes };
  await room.add(mailbox);
  return { ...mailbox, id };
}

/** A mail is pulled, drafted, approved and handed over: what it ends as, and how often its answer arrived. */
async function answer(name: string, n: number, cut: ActivityCut) {
  const { id, deliver } = await open(name);
  room.cuts.set(id, cut);
  await deliver([Buffer.from(generateMail(11, n))]);
  await room.pull(id);
  const outcome = await room.answer(id);
  const sent = smtp.received.filter(({ raw }) => raw.includes(`<11.${n}@customers.example>`)).length;
  const [row] = await room.sql<{ state: string; effective: string }[]>`
    select d.state from delivery d join draft f on f.id = d.draft_id where f.account_id = ${id}`;
  return { outcome, sent, delivery: row?.state };
}

test.concurrent.each(CUTS)('an answer goes out once: %s', async (cut) => {
  expect(await answer(`answered ${cut}`, CUTS.indexOf(cut) + 1, cut)).toEqual({
    ...{ outcome: 'sent', sent: 1, delivery: 'SENT' },
  });
});

test.concurrent('an answer whose sender died with it on its way is unknown, and not sent again', async () => {
  expect(await answer('unknown', 3, 'sent')).toEqual({
    ...{ outcome: 'delivery-unknown', sent: 1, delivery: 'UNKNOWN' },
  });
});

test.concurrent.each(CUTS)('what the mail server refused is in quarantine once: %s', async (cut) => {
  const n = CUTS.indexOf(cut) + 4;
  const recipient = /^From: .*<(.+)>/m.exec(String(generateMail(11, n)))?.[1] ?? '';
  smtp.script.add({ at: 'rcpt', answer: 550, recipient });
  expect(await answer(`refused ${cut}`, n, cut)).toEqual({
    ...{ outcome: 'quarantined', sent: 0, delivery: 'FAILED' },
  });
  const rows =
    await room.sql`select id from quarantine where account_id = ${`refused-${cut.replace(' ', '-')}`}`;
  expect(rows).toHaveLength(1);
});

test.concurrent.each(CUTS)('an import that is held and goes on loads each file once: %s', async (cut) => {
  const { id } = await open(`imported ${cut}`);
  const { sealer, stores, controls, client } = room.context;
  const path = join(room.folder, id);
  await writeMailFolder(path, 5, 21 + CUTS.indexOf(cut));
  room.cuts.set(id, cut);
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
  expect({ state, ...totals }).toMatchObject({ state: 'completed', messages: 5, accepted: 5, duplicates: 0 });
  expect(await room.count(id)).toMatchObject({ rows: 5, runs: 5 });
});

test.concurrent.each(CUTS)('a refused password pauses the account and says why: %s', async (cut) => {
  const refuse = () => Promise.reject(new ServiceError('AuthenticationFailed', 'Wrong password'));
  const { id } = await open(`refused password ${cut}`, { open: refuse });
  room.cuts.set(id, cut);
  await expect(room.pull(id)).rejects.toThrow();
  const { state, stateReason } = await room.context.stores.accounts.get(id);
  expect({ state, stateReason }).toEqual({ state: 'paused', stateReason: 'Wrong password' });
});

test.concurrent.each(CUTS)('an account that is removed leaves nothing, or all: %s', async (cut) => {
  const [gone, kept] = [await open(`gone ${cut}`), await open(`kept ${cut}`)];
  for (const { id, deliver } of [gone, kept]) {
    await deliver(createNotices(4));
    await room.pull(id);
    await room.untilSettled(id, 4);
    await room.audit(id);
    room.cuts.set(id, cut);
    await room.context.stores.accountRemovals.retire(id, 'Removed');
  }
  await room.context.controls.removeAccount(gone.id);
  await room.context.client.workflow.getHandle(removalWorkflowId(gone.id)).result();
  for (const table of TABLES) {
    const column = room.sql(table === 'account' ? 'id' : 'account_id');
    const count = async (id: string) =>
      (await room.sql`select 1 from ${room.sql(table)} where ${column} = ${id}`).length;
    expect([table, await count(gone.id)]).toEqual([table, 0]);
    expect([table, await count(kept.id)]).not.toEqual([table, 0]);
  }
});

test('each activity of an errand was cut both ways', () => {
  expect([...room.cuts.done]).toEqual(expect.arrayContaining(listCuts('errand', CUTS)));
});
