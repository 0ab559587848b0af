import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import { afterEach, beforeAll, beforeEach, expect, inject, it } from 'vitest';
import { choosePort } from '../../src/embedded/choose-port.ts';
import { findTemporal } from '../../src/embedded/find-temporal.ts';
import { spawnGuarded } from '../../src/embedded/spawn-guarded.ts';
import { startPostgres } from '../../src/embedded/start-postgres.ts';
import { startTemporal } from '../../src/embedded/start-temporal.ts';

let folder: string;
let executable: string;
const say = () => undefined;
beforeAll(async () => {
  executable = await findTemporal({ home: tmpdir(), say });
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mailroom servers ü '));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const temporal = (more: { port?: number; uiPort?: number } = {}) =>
  startTemporal({
    executable,
    dataFile: join(folder, 'temporal.db'),
    port: 0,
    uiPort: 0,
    namespace: 'mailroom',
    searchAttributes: { MailroomAccount: 'Keyword' },
    durable: false,
    say,
    ...more,
  });
const takenPort = () => Number(new URL(inject('postgresUrl')).port);

it('keeps the password of PostgreSQL in a 0600 file and refuses any other', async () => {
  const server = await startPostgres({ dataDir: folder, port: 0, durable: false, say });
  try {
    const { mode } = await stat(join(folder, 'cluster', 'password'));
    expect(mode & 0o777).toBe(0o600);
    const url = new URL(server.url);
    url.password = 'guess';
    const sql = postgres(url.href, { max: 1 });
    await expect(sql`select 1`).rejects.toThrow(/password authentication failed/);
    await sql.end();
  } finally {
    await server.stop();
  }
});

it('begins anew after an initialisation of PostgreSQL that was killed', async () => {
  await mkdir(join(folder, 'cluster.new-123', 'pgdata', 'base'), { recursive: true });
  await writeFile(join(folder, 'cluster.new-123', 'password'), 'half');
  const server = await startPostgres({ dataDir: folder, port: 0, durable: false, say });
  await server.stop();
  expect((await readdir(folder)).sort()).toEqual(['cluster', 'postgres.log']);
});

it('starts PostgreSQL although its pid file names a living stranger', async () => {
  const first = await startPostgres({ dataDir: folder, port: 0, durable: false, say });
  const pidFile = join(folder, 'cluster', 'pgdata', 'postmaster.pid');
  const content = await readFile(pidFile, 'utf8');
  await first.stop();
  await writeFile(pidFile, content.replace(String(first.pid), String(process.pid)));
  const second = await startPostgres({ dataDir: folder, port: 0, durable: false, say });
  await second.stop();
});

it('says what PostgreSQL said when it does not start', async () => {
  const first = await startPostgres({ dataDir: folder, port: 0, durable: false, say });
  await first.stop();
  await writeFile(join(folder, 'cluster', 'pgdata', 'PG_VERSION'), '9\n');
  await expect(startPostgres({ dataDir: folder, port: 0, durable: false, say })).rejects.toMatchObject({
    type: 'Unavailable',
    message: expect.stringContaining('database files are incompatible with server'),
  });
});

it('names the variable for a taken port of either server', async () => {
  const options = { dataDir: folder, port: takenPort(), durable: false, say };
  await expect(startPostgres(options)).rejects.toMatchObject({
    fix: expect.stringContaining('POSTGRES_PORT'),
  });
  await expect(temporal({ port: takenPort() })).rejects.toMatchObject({
    fix: expect.stringContaining('TEMPORAL_PORT'),
  });
  await expect(temporal({ uiPort: takenPort() })).rejects.toMatchObject({
    fix: expect.stringContaining('TEMPORAL_UI_PORT'),
  });
});

it('says that the database file of Temporal is damaged, and what to do', async () => {
  await writeFile(join(folder, 'temporal.db'), 'this is not a database'.repeat(500));
  await writeFile(join(folder, 'temporal.db.ready'), '');
  await expect(temporal()).rejects.toMatchObject({
    type: 'Unavailable',
    message: `The database file of Temporal is damaged: ${join(folder, 'temporal.db')}`,
  });
});

it('starts Temporal after a first start that was killed half-way', async () => {
  // The moment of the kill is the point here: within the making of the schema.
  for (const ms of [90, 180]) {
    const port = await choosePort({ asked: 0, variable: 'TEMPORAL_PORT', purpose: 'a server' });
    const args = [
      'server',
      'start-dev',
      '--headless',
      '--port',
      String(port),
      '--db-filename',
      'temporal.db',
      '--log-level',
      'error',
    ];
    const half = await spawnGuarded({
      command: [executable, ...args],
      cwd: folder,
      logFile: join(folder, 'half.log'),
      stopSignal: 'TERM',
      graceSeconds: 1,
    });
    await sleep(ms);
    process.kill(half.pid, 'SIGKILL');
    await half.exited;
    const server = await temporal();
    await server.stop();
    for (const name of await readdir(folder)) await rm(join(folder, name));
  }
});

it('serves the Temporal Web UI', async () => {
  const server = await temporal();
  try {
    expect((await fetch(server.uiUrl)).status).toBe(200);
  } finally {
    await server.stop();
  }
});
