import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { applyMigration } from '../../db/apply-migration.ts';
import { migrate } from '../../db/migrate.ts';
import { describeSchema } from './support/describe-schema.ts';
import { createEmptyDatabase, type EmptyDatabase } from './support/empty-database.ts';
import { migrateByDrizzle } from './support/migrate-by-drizzle.ts';

const ROOT = join(import.meta.dirname, '../..');
const FILES = readdirSync(join(ROOT, 'db/migrations')).filter((file) => file.endsWith('.sql'));
/** So many files are there before `0003` changes a table and `0004` makes an index. */
const [BEFORE_COLUMN, BEFORE_INDEX] = [3, 4] as const;
const SHORT = { lockTimeout: 100, forTable: 300, forOthers: 300 };
const PATIENT = { lockTimeout: 100, forTable: 30_000, forOthers: 30_000 };

let database: EmptyDatabase;
let url: string;
let reader: postgres.Sql;
let others: postgres.Sql;
beforeEach(async () => {
  database = await createEmptyDatabase();
  url = database.url;
  reader = postgres(url, { max: 1, connection: { application_name: 'nightly-report' } });
  others = postgres(url, { max: 2, connection: { statement_timeout: 3000 } });
});
afterEach(async () => {
  await Promise.all([reader.end(), others.end()]);
  await database.drop();
});

/** A report or a backup: it has read the tables, and keeps them until it ends. */
async function startReading(): Promise<() => Promise<unknown>> {
  await reader.unsafe('begin isolation level repeatable read');
  await reader`select * from message left join analysis on message.id = message_id`;
  return () => reader.unsafe('commit');
}

async function untilMigrating(wait: string): Promise<void> {
  await expect
    .poll(
      () => others`
        select wait_event from pg_stat_activity
        where datname = current_database() and application_name = 'mailroom-migrate' and wait_event_type = 'Lock'`,
      { timeout: 20_000, interval: 10 },
    )
    .toMatchObject([{ wait_event: wait }]);
}

async function freshSchema(): Promise<readonly string[]> {
  const fresh = await createEmptyDatabase();
  await migrate(fresh.url);
  const lines = await describeSchema(fresh.url);
  await fresh.drop();
  return lines;
}

describe('migrating a database that is in use', () => {
  it('comes to the same from every file that drizzle itself had applied, and from none', async () => {
    const schema = await freshSchema();
    expect(schema.filter((line) => line.startsWith('applied'))).toHaveLength(FILES.length);
    expect(schema.find((line) => line.includes('analysis_labels'))).toMatch(/ valid:t$/);
    for (let files = 1; files <= FILES.length; files++) {
      const old = await createEmptyDatabase();
      await migrateByDrizzle(old.url, files);
      await migrate(old.url);
      expect(await describeSchema(old.url), `from ${files}`).toEqual(schema);
      await old.drop();
    }
  });

  it('lets others read on while a column waits for a long reader', async () => {
    await migrateByDrizzle(url, BEFORE_COLUMN);
    const stop = await startReading();
    const migrating = migrate(url, PATIENT);
    for (let turn = 0; turn < 2; turn++) {
      await untilMigrating('relation');
      expect(await others`select id from message`).toEqual([]);
    }
    expect(await others`select 1 from information_schema.columns where column_name = 'answer_due'`).toEqual(
      [],
    );
    await stop();
    await migrating;
    expect(await describeSchema(url)).toEqual(await freshSchema());
  });

  it('lets others read and write on while an index waits for a long reader', async () => {
    await migrateByDrizzle(url, BEFORE_INDEX);
    const stop = await startReading();
    const migrating = migrate(url, PATIENT);
    await untilMigrating('virtualxid');
    expect(await others`select message_id from analysis`).toEqual([]);
    expect((await others`update analysis set updated_at = now()`).count).toBe(0);
    await stop();
    await migrating;
    expect(await describeSchema(url)).toEqual(await freshSchema());
  });

  it.each([BEFORE_COLUMN, BEFORE_INDEX])(
    'names who is in the way when that never ends, and goes on later (%i files)',
    async (files) => {
      await migrateByDrizzle(url, files);
      const before = await describeSchema(url);
      const stop = await startReading();
      const [own] = await reader<{ pid: number }[]>`select pg_backend_pid() as pid`;
      await expect(migrate(url, SHORT)).rejects.toMatchObject({
        type: 'Unavailable',
        message: expect.stringContaining('other work kept its tables'),
        fix: expect.stringContaining(`process ${own?.pid} of PostgreSQL ("nightly-report"`),
      });
      const unfinished = (await describeSchema(url)).filter((line) => !before.includes(line));
      expect(unfinished.filter((line) => !line.endsWith(' valid:f'))).toEqual([]);
      await stop();
      await migrate(url);
      expect(await describeSchema(url)).toEqual(await freshSchema());
    },
  );

  it('is done again where the server lost the index half made', async () => {
    await migrateByDrizzle(url, BEFORE_INDEX);
    const stop = await startReading();
    const migrating = migrate(url, PATIENT).catch((error: unknown) => error);
    await untilMigrating('virtualxid');
    await others`
      select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and application_name = 'mailroom-migrate'`;
    expect(await migrating).toBeInstanceOf(Error);
    expect((await describeSchema(url)).filter((line) => line.endsWith(' valid:f'))).toHaveLength(1);
    await stop();
    await migrate(url);
    expect(await describeSchema(url)).toEqual(await freshSchema());
  });

  it('is finished by the next process when one is killed while the index is made', async () => {
    await migrateByDrizzle(url, BEFORE_INDEX);
    const stop = await startReading();
    const script = `import { migrate } from './db/migrate.ts'; await migrate(process.argv[1]);`;
    const args = ['--import', 'tsx', '--input-type=module', '-e', script, url];
    const child = spawn(process.execPath, args, { cwd: ROOT, stdio: 'ignore' });
    await untilMigrating('virtualxid');
    child.kill('SIGKILL');
    await once(child, 'exit');
    const next = migrate(url, PATIENT);
    await sleep(300);
    await stop();
    await next;
    expect(await describeSchema(url)).toEqual(await freshSchema());
  });

  it('puts an index on record that was made when the process was killed', async () => {
    await migrateByDrizzle(url, BEFORE_INDEX);
    await others`create index analysis_labels on analysis using gin ((classification -> 'labels') jsonb_path_ops)`;
    await migrate(url);
    expect(await describeSchema(url)).toEqual(await freshSchema());
  });

  it('refuses a file that would stay half done: an index beside others\u2019 work, and more', async () => {
    const statements = [
      'create index concurrently if not exists "late" on message (id)',
      'drop table message',
    ];
    const file = { sql: statements, folderMillis: 1, hash: 'none', bps: true };
    await expect(applyMigration(others, file, SHORT)).rejects.toThrow(/may do nothing else/);
  });

  it('says so when another process keeps migrating', async () => {
    await reader`select pg_advisory_lock(7161026)`;
    const [own] = await reader<{ pid: number }[]>`select pg_backend_pid() as pid`;
    await expect(migrate(url, SHORT)).rejects.toMatchObject({
      type: 'Unavailable',
      message: expect.stringContaining(`process ${own?.pid} of PostgreSQL`),
    });
  });
});
