import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Client, Connection } from '@temporalio/client';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isAlive } from '../../src/embedded/is-alive.ts';

interface Started {
  readonly postgres: { readonly pid: number; readonly url: string };
  readonly temporal: { readonly pid: number; readonly address: string };
}

const SCRIPT = join(import.meta.dirname, '..', 'support', 'start-embedded.ts');
let home: string;
const children: ChildProcess[] = [];

beforeAll(async () => {
  // mkdtemp makes it 0700: as root this is a home like /root, which the account of Postgres cannot enter.
  home = join(await mkdtemp(join(tmpdir(), 'mailroom home #1 ü%20 ')), 'in ner');
});
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await rm(join(home, '..'), { recursive: true, force: true });
});

async function start(): Promise<Started & { child: ChildProcess; stderr: () => string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', SCRIPT, home], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  let stderr = '';
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const [line] = await Promise.race([
    once(createInterface(child.stdout), 'line'),
    once(child, 'exit').then(() => Promise.reject(new Error(`start-embedded ended: ${stderr}`))),
  ]);
  return { ...JSON.parse(line), child, stderr: () => stderr };
}

const gone = async ({ postgres: a, temporal: b }: Started) => {
  await expect.poll(() => [isAlive(a.pid), isAlive(b.pid)], { timeout: 30_000 }).toEqual([false, false]);
};
/** The guardian shell of a server and its watcher: all others in the process group. */
function guardiansOf(server: number): number[] {
  const table = execFileSync('ps', ['-e', '-o', 'pgid=,pid='], { encoding: 'utf8' }).trim().split('\n');
  const rows = table.map((row) => row.trim().split(/\s+/).map(Number));
  const group = rows.find(([, pid]) => pid === server)?.[0];
  return rows.flatMap(([pgid, pid]) => (pgid === group && pid !== undefined && pid !== server ? [pid] : []));
}

async function withSql<T>(url: string, work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  return work(sql).finally(() => sql.end());
}

async function withClient<T>(address: string, work: (client: Client) => Promise<T>): Promise<T> {
  const connection = await Connection.connect({ address });
  return work(new Client({ connection, namespace: 'mailroom' })).finally(() => connection.close());
}

describe('a living copy', () => {
  let first: Awaited<ReturnType<typeof start>>;
  beforeAll(async () => {
    first = await start();
  });

  it('keeps its servers from the Ctrl-C of the terminal, which goes to the whole process group', () => {
    const pids = [first.postgres.pid, first.temporal.pid, first.child.pid].join(',');
    const groups = execFileSync('ps', ['-o', 'pgid=', '-p', pids], { encoding: 'utf8' });
    expect(new Set(groups.trim().split(/\s+/)).size).toBe(3);
  });

  it('refuses a second one in the same home', async () => {
    await expect(start()).rejects.toThrow(`Another Mailroom (pid ${first.child.pid}) uses ${home}`);
  });

  it('stops both servers and keeps their data for the next start', async () => {
    await withSql(first.postgres.url, (sql) => sql`create table kept as select 42 as answer`);
    await withClient(first.temporal.address, (client) =>
      client.workflow.start('anything', { workflowId: 'kept', taskQueue: 'nobody' }),
    );
    first.child.kill('SIGTERM');
    expect(await once(first.child, 'exit')).toEqual([0, null]);
    expect([isAlive(first.postgres.pid), isAlive(first.temporal.pid)]).toEqual([false, false]);

    const second = await start();
    expect(await withSql(second.postgres.url, (sql) => sql`select answer from kept`)).toEqual([
      { answer: 42 },
    ]);
    const kept = await withClient(second.temporal.address, (client) =>
      client.workflow.getHandle('kept').describe(),
    );
    expect(kept.status.name).toBe('RUNNING');
    second.child.kill('SIGKILL');
    await gone(second);
  });
});

it('leaves no server behind when it is killed, and none of a start whose guardians were killed too', async () => {
  const killed = await start();
  const guardians = [...guardiansOf(killed.postgres.pid), ...guardiansOf(killed.temporal.pid)];
  expect(guardians).toHaveLength(4);
  // Stopped, it cannot answer the end of one guardian through the other that still lives.
  killed.child.kill('SIGSTOP');
  for (const pid of guardians) process.kill(pid, 'SIGKILL');
  killed.child.kill('SIGKILL');
  await once(killed.child, 'exit');
  expect([isAlive(killed.postgres.pid), isAlive(killed.temporal.pid)]).toEqual([true, true]);
  const next = await start();
  expect(next.stderr()).toContain(`Stopped a PostgreSQL (pid ${killed.postgres.pid})`);
  await gone(killed);
  next.child.kill('SIGKILL');
  await gone(next);
});
