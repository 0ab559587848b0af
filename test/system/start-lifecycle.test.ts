import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import getPort from 'get-port';
import postgres from 'postgres';
import { afterAll, afterEach, beforeAll, expect, inject, test, vi } from 'vitest';
import { getInstalled } from '../support/get-installed.ts';
import {
  killSpawned,
  npmMailroom,
  npmStart,
  type Spawned,
  spawnStart,
  untilNoneRun,
} from '../support/spawn-mailroom.ts';
import { writeMailFolder } from '../support/write-mail-folder.ts';

const SEED = 71;
const FEW = 30;
const MANY = 120;
const READY = 'Ctrl-C stops everything';

let folder: string;
let home: string;
let mail: string;
let env: Record<string, string>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mailroom start ü '));
  home = join(folder, 'höme of mail');
  mail = join(folder, 'e-mail');
  // Of their own, so that starts that run side by side never meet at the well-known ones.
  const [port, temporalPort, uiPort] = [await getPort(), await getPort(), await getPort()];
  env = {
    MAILROOM_HOME: home,
    PORT: String(port),
    TEMPORAL_PORT: String(temporalPort),
    TEMPORAL_UI_PORT: String(uiPort),
  };
  await Promise.all([writeMailFolder(mail, FEW, SEED), getInstalled()]);
}, 180_000);
afterEach(killSpawned);
afterAll(async () => {
  await untilNoneRun(folder);
  await rm(folder, { recursive: true, force: true });
});

const once = () => spawnStart(['--mail', mail, '--once', '--json'], env);

async function until(started: Spawned, holds: () => boolean | Promise<boolean>): Promise<void> {
  await vi.waitFor(
    async () => {
      if (started.child.exitCode !== null) return;
      if (!(await holds())) throw new Error(`not yet: ${started.stderr()}`);
    },
    { timeout: 100_000, interval: 50 },
  );
  expect(started.child.exitCode, started.stderr()).toBeNull();
}

async function stop(started: Spawned): Promise<{ code: number | null; seconds: number }> {
  const began = Date.now();
  // npm passes on the Ctrl-C that the terminal has sent already.
  started.child.kill('SIGINT');
  setTimeout(() => started.child.kill('SIGINT'), 100);
  const { code } = await started.ended;
  return { code, seconds: (Date.now() - began) / 1000 };
}

interface Summary {
  readonly messages: number;
  readonly processed: number;
  readonly duplicates: number;
  readonly quarantined: number;
  readonly seconds: number;
  readonly byCategory: Record<string, number>;
  readonly byPriority: Record<string, number>;
}

function readSummary(stdout: string): Summary {
  const lines = stdout.split('\n');
  expect(lines).toHaveLength(2);
  expect(lines[1]).toBe('');
  const summary = JSON.parse(lines[0] ?? '') as Summary;
  expect(Object.keys(summary)).toEqual([
    'messages',
    'processed',
    'duplicates',
    'quarantined',
    'seconds',
    'byCategory',
    'byPriority',
  ]);
  const sum = (counts: Record<string, number>) => Object.values(counts).reduce((total, n) => total + n, 0);
  expect(sum(summary.byCategory)).toBe(summary.messages - summary.quarantined);
  expect(sum(summary.byPriority)).toBe(summary.messages - summary.quarantined);
  return summary;
}

async function countRows(): Promise<Record<string, number>> {
  const { databaseUrl } = JSON.parse(await readFile(join(home, 'running.json'), 'utf8')) as {
    databaseUrl: string;
  };
  const sql = postgres(databaseUrl, { max: 1 });
  const [row] = await sql<Record<string, number>[]>`
    select count(*)::int as messages, count(distinct source_sha256)::int as contents,
      count(*) filter (where state in ('settled', 'awaiting-approval'))::int as decided
    from message`.finally(() => sql.end());
  return row ?? {};
}

test('npm start processes what it was given, prints one JSON object, and leaves nothing behind', {
  timeout: 180_000,
}, async () => {
  const given = ['--mail', mail, '--address', 'support@harborline.example', '--once', '--json'];
  const { code, stdout, stderr } = await npmStart(given, env).ended;
  expect(code, stderr).toBe(0);
  expect(stderr).not.toContain('No replies are drafted');
  const summary = readSummary(stdout);
  expect(summary).toMatchObject({ messages: FEW, processed: FEW, duplicates: 0, quarantined: 0 });
  expect(summary.seconds).toBeGreaterThan(0);
  await untilNoneRun(home);
});

test('a start that is killed in the middle is finished by the next one, each message once', {
  timeout: 300_000,
}, async () => {
  await writeMailFolder(mail, MANY, SEED);
  const killed = once();
  await until(killed, async () => {
    const { decided = 0 } = await countRows().catch(() => ({ decided: 0 }));
    return decided > FEW;
  });
  killed.child.kill('SIGKILL');
  expect((await killed.ended).stdout).toBe('');
  await untilNoneRun(home);

  const next = await once().ended;
  expect(next.code, next.stderr).toBe(0);
  const summary = readSummary(next.stdout);
  expect(summary).toMatchObject({ messages: MANY, quarantined: 0 });
  expect(summary.processed).toBeGreaterThan(0);
  expect(summary.processed).toBeLessThan(MANY - FEW);
  await untilNoneRun(home);
});

test('stays up without --once, is found by the commands, refuses a second one, and ends on Ctrl-C', {
  timeout: 300_000,
}, async () => {
  const started = spawnStart(['--mail', mail, '--json'], env);
  await until(started, () => started.stderr().includes(READY));
  expect(readSummary(started.stdout())).toMatchObject({ messages: MANY, processed: 0, duplicates: MANY });
  expect(await countRows()).toEqual({ messages: MANY, contents: MANY, decided: MANY });

  const url = `http://127.0.0.1:${env.PORT}`;
  expect(started.stderr()).toContain(`${url}/docs`);
  const health = await fetch(`${url}/health`);
  expect([health.status, await health.json()]).toMatchObject([200, { status: 'healthy' }]);
  expect((await fetch(`${url}/docs`)).status).toBe(200);
  const page = await fetch(url);
  // 404 with a hint until the page is built.
  expect([200, 404]).toContain(page.status);

  const [status, second] = await Promise.all([
    npmMailroom(['status', '--json'], { MAILROOM_HOME: home }),
    spawnStart(['--once'], { ...env, PORT: '' }).ended,
  ]);
  expect(JSON.parse(status.stdout)).toMatchObject({ messages: { total: MANY }, quarantined: 0 });
  expect(second).toMatchObject({ code: 1, stdout: '' });
  expect(second.stderr).toContain(`Another Mailroom (pid ${started.child.pid}) uses ${home}`);
  expect(second.stderr).toContain('MAILROOM_HOME');

  const { code, seconds } = await stop(started);
  expect(code, started.stderr()).toBe(0);
  expect(seconds).toBeLessThan(60);
  await untilNoneRun(home);
});

test('two copies run side by side; Ctrl-C ends one that imports and one that still starts', {
  timeout: 300_000,
}, async () => {
  await writeMailFolder(mail, 6 * MANY, SEED);
  const freshHome = join(folder, 'fresh #2');
  const fresh = spawnStart([], { MAILROOM_HOME: freshHome, PORT: String(await getPort()) });
  const importing = spawnStart(['--once'], env);
  await until(fresh, () => fresh.stderr().includes('Mailroom starts'));
  await until(importing, () => importing.stderr().includes('Loading'));
  const ended = await Promise.all([stop(fresh), stop(importing)]);
  expect(ended.map(({ code }) => code)).toEqual([0, 130]);
  for (const { seconds } of ended) expect(seconds).toBeLessThan(60);
  await untilNoneRun(folder);
});

test('names each port that is taken and how to choose another, and stops what it had started', {
  timeout: 120_000,
}, async () => {
  const taken = new URL(inject('postgresUrl')).port;
  const port = String(await getPort());
  const cases = [
    ['PORT', `PORT=${Number(taken) + 1} npm start`],
    ['POSTGRES_PORT', 'set POSTGRES_PORT to a free port'],
    ['TEMPORAL_PORT', 'set TEMPORAL_PORT to a free port'],
  ] as const;
  const refused = await Promise.all(
    cases.map(
      ([name]) =>
        spawnStart([], { PORT: port, [name]: taken, MAILROOM_HOME: join(folder, `taken ${name}`) }).ended,
    ),
  );
  for (const [index, { code, stdout, stderr }] of refused.entries()) {
    expect([code, stdout], stderr).toEqual([1, '']);
    expect(stderr).toContain(`Port ${taken}`);
    expect(stderr).toContain(cases[index]?.[1]);
    expect(stderr).not.toMatch(/\n\s+at /);
  }
  await untilNoneRun(folder);
});
