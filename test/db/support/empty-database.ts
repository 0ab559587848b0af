import { randomBytes } from 'node:crypto';
import postgres from 'postgres';
import { createTestDatabase } from '../../support/test-database.ts';

export interface EmptyDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

/** One that nobody has migrated, on the server of the other tests. */
export async function createEmptyDatabase(): Promise<EmptyDatabase> {
  const database = await createTestDatabase();
  const admin = postgres(database.url, { max: 1, onnotice: () => undefined });
  const name = `test_empty_${randomBytes(6).toString('hex')}`;
  await admin`create database ${admin(name)} template template0`;
  const url = new URL(database.url);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    async drop() {
      await admin`drop database if exists ${admin(name)} with (force)`;
      await admin.end();
      await database.drop();
    },
  };
}
