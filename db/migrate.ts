import { join } from 'node:path';
import { type MigrationMeta, readMigrationFiles } from 'drizzle-orm/migrator';
import postgres from 'postgres';
import { applyMigration } from './apply-migration.ts';
import { type MigrationPatience, PATIENCE } from './migration-patience.ts';
import { takeMigrationLock } from './take-migration-lock.ts';

/**
 * Brings the schema up to date, forward only, a file at a time; each is there as a whole or not at all, with its row in
 * the table that drizzle keeps. Throws `Unavailable` that names who is in the way. Copies that start together take turns.
 */
export async function migrate(url: string, patience: MigrationPatience = PATIENCE): Promise<void> {
  const migrations = readMigrationFiles({ migrationsFolder: join(import.meta.dirname, 'migrations') });
  const sql = postgres(url, {
    max: 1,
    // Another connection would not hold the lock: this one stays, however long an index takes.
    max_lifetime: null,
    onnotice: () => undefined,
    connect_timeout: 10,
    connection: { application_name: 'mailroom-migrate', statement_timeout: 0 },
  });
  try {
    for (;;) {
      await takeMigrationLock(sql, patience.forOthers);
      const next = await findNext(sql, migrations);
      if (next === undefined) return;
      await applyMigration(sql, next, patience);
    }
  } finally {
    await sql.end({ timeout: 1 });
  }
}

/** The table and its meaning are drizzle's own: what was applied last tells what is still to come. */
async function findNext(
  sql: postgres.Sql,
  migrations: readonly MigrationMeta[],
): Promise<MigrationMeta | undefined> {
  await sql`create schema if not exists drizzle`;
  await sql`
    create table if not exists drizzle.__drizzle_migrations (
      id serial primary key, hash text not null, created_at bigint)`;
  const [last] = await sql<{ at: string }[]>`
    select created_at as at from drizzle.__drizzle_migrations order by created_at desc limit 1`;
  return migrations.find(({ folderMillis }) => last === undefined || Number(last.at) < folderMillis);
}
