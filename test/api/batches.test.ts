import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { importWorkflowId } from '../../src/contract/workflow-ids.ts';
import { ServiceError } from '../../src/domain/service-error.ts';
import { openTestApi, type TestApi } from './support/open-test-api.ts';
import { ACCOUNT } from './support/seed-mail.ts';

let api: TestApi;
let folder: string;

beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'mailroom-roots-')));
  await mkdir(join(folder, 'mail'));
  await writeFile(join(folder, 'mail', 'a.eml'), 'Subject: a\r\n\r\na');
  await writeFile(join(folder, 'secret.eml'), 'Subject: secret\r\n\r\n');
  await symlink(join(folder, 'secret.eml'), join(folder, 'mail', 'link.eml'));
  api = await openTestApi({ config: { importRoots: [join(folder, 'mail')] } });
  await api.stores.accounts.add(ACCOUNT, undefined);
  await api.stores.accounts.add({ ...ACCOUNT, id: 'auto', kind: 'imap', mode: 'auto' }, undefined);
});
afterAll(async () => {
  await api.close();
  await rm(folder, { recursive: true });
});
beforeEach(() => api.controls.reset());

const get = (url: string) => api.app.inject({ url });
const post = (url: string, payload?: object) =>
  api.app.inject({ method: 'POST', url, ...(payload ? { payload } : {}) });
const postBatch = (body: object) => post('/api/batches', { accountId: 'sales', ...body });
const openOrigin = async (id: string) => {
  const sealed = await api.stores.batches.findOrigin(id);
  return JSON.parse(Buffer.from(api.sealer.open(sealed ?? Buffer.of(), `batch/origin/${id}`)).toString());
};

describe('POST /api/batches', () => {
  test('seals what was posted, commits it, then starts the run', async () => {
    const response = await postBatch({
      messages: [
        { raw: 'Subject: one\r\n\r\nOne' },
        { rawBase64: Buffer.from('Subject: two\r\n\r\nTwo').toString('base64') },
        {
          from: { name: 'Ada', address: 'ada@example.com' },
          to: ['sales@example.org'],
          subject: 'three',
          text: 'Three',
        },
      ],
      maxConcurrentOperations: 7,
      priority: 'HIGH',
    });
    expect(response.statusCode).toBe(202);
    const batch = response.json();
    expect(response.headers.location).toBe(`/api/batches/${batch.id}`);
    expect(batch).toMatchObject({
      state: 'running',
      label: 'upload of 3',
      priority: 'HIGH',
      finishedAt: null,
    });
    expect(api.controls.calls).toEqual([
      ['startBatch', { batchId: batch.id, accountId: 'sales', maxConcurrentOperations: 7, priority: 'HIGH' }],
    ]);
    const uploads = await api.stores.batches.listUploads(batch.id, 0, 10);
    const opened = uploads.map(({ bytes, position }) =>
      Buffer.from(api.sealer.open(bytes, `upload/bytes/${batch.id}/${position}`)).toString(),
    );
    expect(opened[0]).toBe('Subject: one\r\n\r\nOne');
    expect(opened[1]).toBe('Subject: two\r\n\r\nTwo');
    expect(opened[2]).toMatch(/^From: Ada <ada@example.com>\r\n.*Subject: three\r\n.*Three/s);
    expect(await openOrigin(batch.id)).toEqual({ kind: 'upload' });
  });

  test('takes a path below an import root', async () => {
    const response = await postBatch({ path: join(folder, 'mail', 'a.eml') });
    expect(response.statusCode).toBe(202);
    expect(await openOrigin(response.json().id)).toEqual({
      kind: 'path',
      path: join(folder, 'mail', 'a.eml'),
    });
    expect(response.json()).toMatchObject({ maxConcurrentOperations: 50, priority: null });
  });

  test('keeps the password of a SQL origin sealed', async () => {
    const sql = { url: 'postgres://user:hunter2@db.example.org/crm', query: 'select raw from mail' };
    const response = await postBatch({ sql });
    expect(response.statusCode).toBe(202);
    expect(response.json().label).toBe('SQL query on db.example.org/crm');
    expect(response.body).not.toContain('hunter2');
    expect(await openOrigin(response.json().id)).toEqual({ kind: 'sql', ...sql });
    expect(api.logged.join('')).not.toContain('hunter2');
  });

  test.each([
    ['a path outside of the roots', () => ({ path: '/etc/passwd' }), 403, 'MAILROOM_IMPORT_ROOTS'],
    ['a path outside that is not there', () => ({ path: '/no/such' }), 403, 'MAILROOM_IMPORT_ROOTS'],
    ['a way out by dots', () => ({ path: `${folder}/mail/../secret.eml` }), 403, 'MAILROOM_IMPORT_ROOTS'],
    ['a link that leads out', () => ({ path: `${folder}/mail/link.eml` }), 403, 'MAILROOM_IMPORT_ROOTS'],
    ['a sibling with the same start', () => ({ path: `${folder}/mailbox` }), 403, 'MAILROOM_IMPORT_ROOTS'],
    ['a path that is not there', () => ({ path: `${folder}/mail/none` }), 404, 'spelling'],
    ['a relative path', () => ({ path: 'mail/a.eml' }), 400, 'from the root'],
    ['a path with NUL', () => ({ path: '/a\0b' }), 400, 'path: '],
    ['nothing to read', () => ({}), 400, 'exactly one of'],
    ['two origins', () => ({ path: '/x', messages: [{ raw: 'x' }] }), 400, 'exactly one of'],
    ['no messages', () => ({ messages: [] }), 400, 'messages: must hold at least one'],
    [
      'too many messages',
      () => ({ messages: Array.from({ length: 1001 }, () => ({ raw: 'x' })) }),
      400,
      'at most 1000',
    ],
    ['a message of two forms', () => ({ messages: [{ raw: 'x', text: 'y' }] }), 400, 'messages.0.raw'],
    ['an unknown field', () => ({ messages: [{ raww: 'x' }] }), 400, 'messages.0.raww: is not known here'],
    ['another database', () => ({ sql: { url: 'file:///etc/passwd', query: 'x' } }), 400, 'postgres://'],
    ['no concurrency', () => ({ path: '/x', maxConcurrentOperations: 0 }), 400, 'maxConcurrentOperations'],
    [
      'much concurrency',
      () => ({ path: '/x', maxConcurrentOperations: 501 }),
      400,
      'maxConcurrentOperations',
    ],
    ['an unknown account', () => ({ accountId: 'nobody', messages: [{ raw: 'x' }] }), 404, 'account add'],
    ['an account in mode auto', () => ({ accountId: 'auto', messages: [{ raw: 'x' }] }), 409, 'hybrid'],
  ])('refuses %s, with the fix', async (_what, body, status, fix) => {
    const response = await postBatch(body());
    expect(response.statusCode).toBe(status);
    expect(response.json().fix).toContain(fix);
    expect(api.controls.calls).toEqual([]);
  });

  test('names the message that is not base64', async () => {
    const response = await postBatch({ messages: [{ raw: 'x' }, { rawBase64: '*' }] });
    expect(response.statusCode).toBe(400);
    expect(response.json().detail).toContain('messages[1]: ');
  });

  test('says that a body is too large', async () => {
    const response = await postBatch({ messages: [{ raw: 'x'.repeat(2_100_000) }] });
    expect(response.statusCode).toBe(413);
    expect(response.json().fix).toContain('smaller batches');
  });

  test('keeps a batch that could not be started, and resume starts it', async () => {
    api.controls.failure = new ServiceError('Unavailable', 'Temporal cannot be reached');
    const response = await postBatch({ messages: [{ raw: 'Subject: kept\r\n\r\n' }] });
    expect(response.statusCode).toBe(503);
    const { batchId, fix } = response.json();
    expect(fix).toContain(`POST /api/batches/${batchId}/resume`);
    expect(await api.stores.batches.listUploads(batchId, 0, 10)).toHaveLength(1);
    api.controls.reset();
    const resumed = await post(`/api/batches/${batchId}/resume`);
    expect(resumed.statusCode).toBe(202);
    expect(api.controls.calls.map(([name]) => name)).toEqual(['resumeBatch', 'startBatch']);
  });
});

describe('a batch', () => {
  const start = async () =>
    (await postBatch({ messages: [{ raw: 'Subject: x\r\n\r\n' }] })).json().id as string;

  test('shows its totals and what its run says', async () => {
    const id = await start();
    const detail = (await get(`/api/batches/${id}`)).json();
    expect(detail.totals).toMatchObject({ messages: 0, running: 0 });
    expect(detail.live).toMatchObject({ state: 'running', inFlight: 3, priority: 'BACKFILL' });
    expect(detail.workflowUrl).toContain(encodeURIComponent(importWorkflowId(id)));
    api.controls.reset();
    const dead = (await get(`/api/batches/${id}`)).json();
    expect(dead.live).toBeNull();
    expect(dead.liveProblem).toContain('/resume');
    api.controls.failure = new ServiceError('Unavailable', 'Temporal cannot be reached');
    expect((await get(`/api/batches/${id}`)).json().liveProblem).toBe('Temporal cannot be reached');
  });

  test('is listed in pages, newest first', async () => {
    const id = await start();
    const first = (await get('/api/batches?limit=1')).json();
    expect(first.items[0].id).toBe(id);
    const second = (await get(`/api/batches?limit=1&cursor=${first.nextCursor}`)).json();
    expect(second.items[0].id).not.toBe(id);
    expect((await get('/api/batches?accountId=nobody')).json().items).toEqual([]);
  });

  test.each(['pause', 'resume', 'cancel'])('takes %s while its run is alive', async (verb) => {
    const id = await start();
    const response = await post(`/api/batches/${id}/${verb}`);
    expect(response.statusCode).toBe(202);
    expect(api.controls.calls.at(-1)).toEqual([`${verb}Batch`, id]);
  });

  test('is tuned in its run and in its record', async () => {
    const id = await start();
    const tuning = { maxConcurrentOperations: 3, priority: 'URGENT' };
    expect((await post(`/api/batches/${id}/tune`, tuning)).json()).toMatchObject(tuning);
    expect(api.controls.calls.at(-1)).toEqual(['tuneBatch', id, tuning]);
    expect((await post(`/api/batches/${id}/tune`, {})).statusCode).toBe(400);
    expect((await post(`/api/batches/${id}/tune`, { priority: 'ASAP' })).statusCode).toBe(400);
  });

  test('without a run is cancelled in the record and cannot be paused', async () => {
    const id = await start();
    api.controls.reset();
    const paused = await post(`/api/batches/${id}/pause`);
    expect(paused.statusCode).toBe(409);
    expect(paused.json().fix).toContain('/resume');
    expect((await post(`/api/batches/${id}/cancel`)).json()).toMatchObject({ state: 'cancelled' });
    for (const verb of ['pause', 'resume', 'cancel']) {
      expect((await post(`/api/batches/${id}/${verb}`)).statusCode).toBe(409);
    }
  });

  test('that failed is reopened and started again, but not while its run is just ending', async () => {
    const id = await start();
    await api.stores.batches.finish(id, 'failed', 'The origin was away');
    expect((await post(`/api/batches/${id}/pause`)).json().fix).toContain(`/api/batches/${id}/resume`);
    expect((await post(`/api/batches/${id}/resume`)).statusCode).toBe(409);
    expect((await api.stores.batches.get(id)).state).toBe('failed');
    api.controls.reset();
    expect((await post(`/api/batches/${id}/resume`)).json()).toMatchObject({
      state: 'running',
      reason: null,
    });
    expect(api.controls.calls.map(([name]) => name)).toContain('startBatch');
  });

  test('that is not there is a 404 everywhere', async () => {
    expect((await get('/api/batches/nope')).statusCode).toBe(404);
    for (const verb of ['pause', 'resume', 'cancel']) {
      expect((await post(`/api/batches/nope/${verb}`)).statusCode).toBe(404);
    }
    expect((await post('/api/batches/nope/tune', { priority: 'LOW' })).statusCode).toBe(404);
  });
});
