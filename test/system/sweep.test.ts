import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { messageWorkflowId, SWEEP_SCHEDULE_ID } from '../../src/contract/workflow-ids.ts';
import type { Account } from '../../src/domain/account.ts';
import { contentHash, messageKey, sourceHash } from '../../src/mail/identity.ts';
import { toHouseSchedules } from '../../src/temporal/create-schedules.ts';
import { generateMail } from '../support/generate-mail.ts';
import { startSmtpServer } from '../support/smtp/start-smtp-server.ts';
import { startTestMailroom, type TestMailroom } from '../support/start-mailroom.ts';

const PATIENCE = { timeout: 40_000, interval: 200 };
const ACCOUNT: Account = {
  id: 'support',
  kind: 'files',
  name: 'Harborline Support',
  address: 'support@harborline.example',
  mode: 'manual',
  state: 'active',
  stateReason: undefined,
  pullEverySeconds: 60,
  imap: undefined,
};

let room: TestMailroom;
let smtp: Awaited<ReturnType<typeof startSmtpServer>>;
beforeAll(async () => {
  smtp = await startSmtpServer({ security: 'none' });
  room = await startTestMailroom({
    SMTP_HOST: smtp.settings.host,
    SMTP_PORT: String(smtp.settings.port),
    SMTP_SECURITY: 'none',
  });
  await room.context.stores.accounts.add(ACCOUNT, undefined);
  for (const house of toHouseSchedules(room.context.temporal))
    await room.context.schedules.ensureHouse(house);
});
afterAll(async () => {
  await room.stop();
  await smtp.stop();
});

/** Parks a mail in an import whose run is gone: all that is left of it is its record. */
async function park(n: number): Promise<string> {
  const { stores, sealer } = room.context;
  const raw = Buffer.from(generateMail(11, n));
  const sha256 = sourceHash(raw);
  const providerKey = `sha256:${sha256}`;
  const batchId = `import-${n}`;
  await stores.batches.add({
    id: batchId,
    accountId: ACCOUNT.id,
    label: 'folder',
    maxConcurrentOperations: 10,
    priority: undefined,
    origin: Buffer.from('sealed'),
  });
  const messageId = messageKey(ACCOUNT.id, providerKey);
  await stores.intake.park({
    accountId: ACCOUNT.id,
    batchId,
    kind: 'import',
    page: 0,
    items: [
      {
        kind: 'new',
        providerKey,
        label: `${n}.eml`,
        messageId,
        sha256,
        contentHash: contentHash(raw),
        sealed: sealer.seal(raw, `source/bytes/${sha256}`),
        size: raw.length,
        receivedAt: new Date(),
      },
    ],
    readFrom: undefined,
    cursor: '1',
    done: true,
    expected: 1,
    label: 'folder',
    windowHours: 0,
  });
  return messageId;
}

const runOf = (id: string) => room.context.client.workflow.getHandle(messageWorkflowId(ACCOUNT.id, id));
const stateOf = async (id: string) => (await room.context.stores.messageList.get(id)).state;
const runIdOf = async (id: string) => (await runOf(id).describe()).runId;

/** As if everything had been parked long before the grace. */
async function sweep(): Promise<void> {
  await room.context.database.sql`update message set parked_at = parked_at - interval '10 minutes'`;
  await room.context.client.schedule.getHandle(SWEEP_SCHEDULE_ID).trigger();
}

/** The list of runs follows the server: a sweep that comes too soon leaves a message to the next one. */
async function sweepUntil(holds: () => Promise<boolean>): Promise<void> {
  await vi.waitFor(
    async () => {
      await sweep();
      await vi.waitFor(async () => expect(await holds()).toBe(true), { timeout: 4_000, interval: 100 });
    },
    { timeout: 90_000, interval: 100 },
  );
}

async function untilWaiting(id: string): Promise<void> {
  await vi.waitFor(async () => expect(await stateOf(id)).toBe('awaiting-approval'), PATIENCE);
  await vi.waitFor(async () => {
    const status = await room.context.controls.findMessageStatus({ accountId: ACCOUNT.id, messageId: id });
    expect(status?.waitingFor).toBe('approval');
  }, PATIENCE);
}

async function approve(id: string): Promise<void> {
  const draft = await room.context.stores.drafts.findByMessage(id);
  const answer = await fetch(`${room.url}/api/drafts/${draft?.id}/approve`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ hash: draft?.hash }),
  });
  expect(answer.status, await answer.text()).toBe(200);
  await vi.waitFor(async () => expect(await stateOf(id)).toBe('settled'), PATIENCE);
  expect((await room.context.stores.messageList.get(id)).outcome).toBe('sent');
}

async function healthOfSweep(): Promise<{ status: string; detail: string }> {
  const { components } = (await (await fetch(`${room.url}/health`)).json()) as {
    components: { name: string; status: string; detail: string }[];
  };
  const found = components.find(({ name }) => name === 'sweep');
  if (found === undefined) throw new Error('health says nothing of the sweep');
  return found;
}

test('messages whose run or batch is gone are taken up; a live run is left alone; nothing is sent twice', async () => {
  const { controls, client, database } = room.context;
  const [lost, live, terminated] = [await park(1), await park(2), await park(3)];
  for (const messageId of [live, terminated]) {
    expect(await controls.retryMessage({ accountId: ACCOUNT.id, messageId })).toBe('started');
    await untilWaiting(messageId);
  }
  const before = { live: await runIdOf(live), terminated: await runIdOf(terminated) };
  await runOf(terminated).terminate('by hand in the Web UI');
  expect(await stateOf(lost)).toBe('parked');

  await sweepUntil(async () => {
    const { status, runId } = await runOf(terminated).describe();
    return status.name === 'RUNNING' && runId !== before.terminated && (await stateOf(lost)) !== 'parked';
  });
  await untilWaiting(lost);
  await untilWaiting(terminated);
  expect(await runIdOf(live)).toBe(before.live);
  for (const id of [lost, live, terminated]) await approve(id);
  expect(smtp.received).toHaveLength(3);

  // Its run was terminated after the mail went out and before that was on record.
  await database.sql`update message set state = 'running', outcome = null, settled_at = null where id = ${live}`;
  await sweepUntil(async () => (await stateOf(live)) === 'settled');
  expect(await runIdOf(live)).not.toBe(before.live);
  expect((await room.context.stores.messageList.get(live)).outcome).toBe('sent');
  expect(smtp.received).toHaveLength(3);

  const sweeps = client.workflow.list({ query: "WorkflowType = 'sweepMessages'" });
  let started = 0;
  for await (const { workflowId } of sweeps) {
    started += ((await client.workflow.getHandle(workflowId).result()) as { started: number }).started;
  }
  expect(started).toBe(3);
});

test('health says when the latest sweep was and what it did', async () => {
  await vi.waitFor(
    async () =>
      expect(await healthOfSweep()).toMatchObject({
        status: 'up',
        detail: expect.stringMatching(/^latest \S+Z, \d started again$/),
      }),
    PATIENCE,
  );
});
