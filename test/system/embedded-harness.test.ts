import { Connection } from '@temporalio/client';
import postgres from 'postgres';
import { afterAll, expect, inject, it } from 'vitest';
import { createTestDatabase } from '../support/test-database.ts';

const database = await createTestDatabase();
afterAll(() => database.drop());

it('gives each test file a migrated database of its own', async () => {
  const sql = postgres(database.url, { max: 1 });
  const tables = await sql`select table_name from information_schema.tables where table_schema = 'public'`;
  await sql.end();
  expect(tables.length).toBeGreaterThan(3);
});

it('offers a Temporal namespace with the search attributes of the contract', async () => {
  const connection = await Connection.connect({ address: inject('temporalAddress') });
  const { customAttributes } = await connection.operatorService.listSearchAttributes({
    namespace: inject('temporalNamespace'),
  });
  await connection.close();
  expect(customAttributes).toMatchObject({ MailroomAccount: 2, MailroomOutcome: 2 });
});
