import { join } from 'node:path';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate as run } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';

/** Any number: all that matters is that every copy of us uses the same. */
const MIGRATION_LOCK = 7_161_026;

/** Brings the schema up to date, forward only. Copies that start together wait for each other. */
export async function migrate(url: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined, connect_timeout: 10 });
  try {
    await sql`select pg_advisory_lock(${MIGRATION_LOCK})`;
    await run(drizzle(sql), { migrationsFolder: join(import.meta.dirname, 'migrations') });
  } finally {
    await sql.end({ timeout: 5 });
  }
}
