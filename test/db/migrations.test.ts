import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { is } from 'drizzle-orm';
import { PgTable } from 'drizzle-orm/pg-core';
import postgres from 'postgres';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { migrate } from '../../db/migrate.ts';
import * as schema from '../../db/schema/index.ts';
import { createEmptyDatabase, type EmptyDatabase } from './support/empty-database.ts';

const run = promisify(execFile);
/** Databases out there have run these: a change of the schema is a new file (`npm run db:generate`), named here too. */
const RELEASED = [
  [
    '0000_create_mail_room',
    1795269322305,
    '5f377b28aecaf377a711287e763a4e5b387148b5e09250753f0548a6c41cbf5a',
  ],
  [
    '0001_deepen_reading_and_deciding',
    1795279943214,
    '1e20e119bb35a9d3399f8edd676dd5df391b2ec785d199aba6fddfac4240467d',
  ],
  [
    '0002_name_the_ending_run',
    1795280961577,
    '9acf8378a033fe3ce9e30cc4de6d6d07843fe0f8c79f43847b5a7d4a39147334',
  ],
  [
    '0003_set_answer_times',
    1795286056718,
    '1fe69b650a0d0658b57cc07a3b0959247b22615c352922612797ea0ca5c0b219',
  ],
  [
    '0004_find_messages_by_label',
    1795286884950,
    '13891478d7d671e65f0c40803e5ebe63c26c0cf976eb2fcbba9d8a9b5e89b386',
  ],
  [
    '0005_follow_many_mailboxes',
    1795295712142,
    '4509d9f02f57a786137128cee2ede4436d75b0907bdf599363ac589027f245ad',
  ],
  ['0006_count_minutes', 1795296207550, '82bba6c463638f071030ab0c2563864f537a43110eaabe387114066ae8b722ae'],
  ['0007_await_providers', 1795319371763, 'c4a9291fa7cf3070e2674ce3b233ff3c69de9c92d44d798b1b8665095eb803e9'],
  [
    '0008_know_mail_by_facts',
    1795330935307,
    '9b4aca597356c69559d59933edebda51b27301d43bab48de2002e26c5b6667e2',
  ],
] as const;
const TABLES = Object.values(schema).filter((value) => is(value, PgTable)).length;
const ROOT = join(import.meta.dirname, '../..');

let database: EmptyDatabase;
let url: string;
beforeEach(async () => {
  database = await createEmptyDatabase();
  url = database.url;
});
afterEach(() => database.drop());

async function inspect(): Promise<{ applied: number; tables: number }> {
  const sql = postgres(url, { max: 1 });
  const [applied] = await sql<{ n: number }[]>`select count(*)::int as n from drizzle.__drizzle_migrations`;
  const [tables] = await sql<{ n: number }[]>`
    select count(*)::int as n from information_schema.tables where table_schema = 'public'`;
  await sql.end();
  return { applied: applied?.n ?? 0, tables: tables?.n ?? 0 };
}

async function countFiles(): Promise<number> {
  const files = await readdir(join(ROOT, 'db/migrations'));
  return files.filter((file) => file.endsWith('.sql')).length;
}

describe('migrating', () => {
  it('applies every file once, however often it runs', async () => {
    await migrate(url);
    const first = await inspect();
    await migrate(url);
    expect(await inspect()).toEqual(first);
    expect(first.applied).toBe(await countFiles());
    expect(first.tables).toBe(TABLES);
  });

  it('is done once by two processes that start together', async () => {
    const script = `import { migrate } from './db/migrate.ts'; await migrate(process.argv[1]);`;
    const args = ['--import', 'tsx', '--input-type=module', '-e', script, url];
    await Promise.all([
      run(process.execPath, args, { cwd: ROOT }),
      run(process.execPath, args, { cwd: ROOT }),
    ]);
    expect(await inspect()).toEqual({ applied: await countFiles(), tables: TABLES });
  });

  it('leaves no lock behind when it fails', async () => {
    const sql = postgres(url, { max: 1 });
    await sql`create table account (stray integer)`;
    await expect(migrate(url)).rejects.toThrow();
    await sql`drop table account`;
    await sql.end();
    await migrate(url);
    expect((await inspect()).tables).toBe(TABLES);
  });

  it('never changes a file that databases have run', async () => {
    const journal = JSON.parse(await readFile(join(ROOT, 'db/migrations/meta/_journal.json'), 'utf8')) as {
      entries: { tag: string; when: number }[];
    };
    const files = await Promise.all(
      journal.entries.map(async ({ tag, when }) => {
        const text = await readFile(join(ROOT, 'db/migrations', `${tag}.sql`));
        return [tag, when, createHash('sha256').update(text).digest('hex')];
      }),
    );
    expect(files).toEqual(RELEASED);
  });
});
