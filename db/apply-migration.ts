import { setTimeout as sleep } from 'node:timers/promises';
import type { MigrationMeta } from 'drizzle-orm/migrator';
import type postgres from 'postgres';
import type { MigrationPatience } from './migration-patience.ts';
import { toBlocked } from './to-blocked.ts';

/** SQLSTATE lock_not_available and deadlock_detected. */
const [NO_LOCK, DEADLOCK] = ['55P03', '40P01'] as const;
const [FIRST_PAUSE_MS, LONGEST_PAUSE_MS] = [250, 5000] as const;
/** Waits for work that is under way but lets all work go on, so it cannot be part of a transaction. */
const CONCURRENT =
  /^\s*create\s+(?:unique\s+)?index\s+concurrently\s+if\s+not\s+exists\s+"([a-z0-9_]{1,63})"/i;

/** Runs one file and puts it on record. Tries again while others keep its tables, so that nobody queues behind it for long. */
export async function applyMigration(
  sql: postgres.Sql,
  migration: MigrationMeta,
  patience: MigrationPatience,
): Promise<void> {
  const indexes = migration.sql.flatMap((statement) => CONCURRENT.exec(statement)?.[1] ?? []);
  const isConcurrent = indexes.length > 0;
  if (isConcurrent && indexes.length < migration.sql.length)
    throw new Error('A migration that creates an index concurrently may do nothing else');
  const limit = isConcurrent ? patience.forOthers : patience.forTable;
  const end = performance.now() + limit;
  for (let pause: number = FIRST_PAUSE_MS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
    try {
      if (isConcurrent) return await applyBeside(sql, migration, { indexes, lockTimeout: limit });
      return await applyWhole(sql, migration, patience.lockTimeout);
    } catch (error) {
      if (!isBlocked(error)) throw error;
      if (performance.now() + pause > end) throw await toBlocked(sql, limit, error);
    }
    await sleep(pause);
  }
}

/** One message of many statements is one transaction: nothing of it stays unless all of it does. */
async function applyWhole(sql: postgres.Sql, migration: MigrationMeta, lockTimeout: number): Promise<void> {
  const statements = [`set local lock_timeout = ${lockTimeout}`, ...migration.sql, toRecord(migration)];
  await sql.unsafe(statements.join('\n;\n'));
}

/** What was cut off leaves an index that is kept up to date but never used; it goes first. */
async function applyBeside(
  sql: postgres.Sql,
  migration: MigrationMeta,
  { indexes, lockTimeout }: { readonly indexes: readonly string[]; readonly lockTimeout: number },
): Promise<void> {
  await sql.unsafe(`set lock_timeout = ${lockTimeout}`);
  const broken = await sql<{ name: string }[]>`
    select relname as name from pg_index join pg_class on pg_class.oid = indexrelid
    where relname in ${sql(indexes)} and not indisvalid and pg_table_is_visible(pg_class.oid)`;
  for (const { name } of broken) await sql`drop index concurrently if exists ${sql(name)}`;
  for (const statement of migration.sql) await sql.unsafe(statement);
  await sql.unsafe(toRecord(migration));
}

function toRecord({ hash, folderMillis }: MigrationMeta): string {
  return `insert into drizzle.__drizzle_migrations (hash, created_at) values ('${hash}', ${folderMillis})`;
}

function isBlocked(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === NO_LOCK || code === DEADLOCK;
}
