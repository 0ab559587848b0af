import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';

const MIGRATIONS = join(import.meta.dirname, '../../../db/migrations');

/** What databases have that drizzle's own migrator brought to the first `files` files, in one transaction. */
export async function migrateByDrizzle(url: string, files = Number.POSITIVE_INFINITY): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'mailroom-migrations-'));
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    await cp(MIGRATIONS, folder, { recursive: true });
    const path = join(folder, 'meta/_journal.json');
    const journal = JSON.parse(await readFile(path, 'utf8')) as { entries: { tag: string }[] };
    const entries = journal.entries.slice(0, files);
    await writeFile(path, JSON.stringify({ ...journal, entries }));
    for (const { tag } of entries) {
      const file = join(folder, `${tag}.sql`);
      const text = await readFile(file, 'utf8');
      await writeFile(file, text.replaceAll(' CONCURRENTLY IF NOT EXISTS ', ' '));
    }
    await migrate(drizzle(sql), { migrationsFolder: folder });
  } finally {
    await sql.end();
    await rm(folder, { recursive: true });
  }
}
