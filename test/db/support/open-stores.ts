import { createDatabaseClient } from '../../../db/client.ts';
import { createStores } from '../../../src/create-stores.ts';
import type { Account } from '../../../src/domain/account.ts';
import { createTestDatabase } from '../../support/test-database.ts';

export type TestStores = Awaited<ReturnType<typeof openStores>>;

export const ACCOUNT: Account = {
  id: 'sales',
  kind: 'imap',
  name: 'Sales',
  address: 'sales@example.org',
  mode: 'auto',
  state: 'active',
  stateReason: undefined,
  pullEverySeconds: 60,
  imap: undefined,
};

/** All stores over an empty database of your own that holds the account `sales`. */
export async function openStores(connections = 6) {
  const database = await createTestDatabase();
  const client = createDatabaseClient(database.url, { connections });
  const stores = createStores(client.db);
  await stores.accounts.add(ACCOUNT, undefined);
  return {
    ...stores,
    url: database.url,
    db: client.db,
    sql: client.sql,
    async close() {
      await client.close();
      await database.drop();
    },
  };
}
