import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDatabaseClient } from '../../db/client.ts';
import { migrate } from '../../db/migrate.ts';
import { createStores } from '../../src/create-stores.ts';
import { createEmptyDatabase } from './support/empty-database.ts';
import { parkOne } from './support/intake-pages.ts';
import { migrateByDrizzle } from './support/migrate-by-drizzle.ts';
import { ACCOUNT, openStores, type TestStores } from './support/open-stores.ts';

const { id } = ACCOUNT;
const HOUR = 3_600_000;
const ASKED = { forMs: HOUR, reason: 'Come back \u0000 in an hour', at: undefined };

let stores: TestStores;
beforeEach(async () => {
  stores = await openStores();
});
afterEach(() => stores.close());

const findStored = async () => (await stores.accountFacts.count(id)).get(id)?.wait;

describe('a wait that a provider asked for', () => {
  it('is in force until then, and is told with its words', async () => {
    expect(await stores.accounts.findWait(id)).toBeUndefined();
    await stores.accounts.recordPull(id, 'Come back in an hour', ASKED);
    const left = (await stores.accounts.findWait(id))?.forMs ?? 0;
    expect(left).toBeGreaterThan(HOUR - 60_000);
    expect(left).toBeLessThanOrEqual(HOUR);
    const wait = await findStored();
    expect(wait?.reason).toBe('Come back \ufffd in an hour');
    expect(Math.abs((wait?.until.getTime() ?? 0) - Date.now() - HOUR)).toBeLessThan(60_000);
    expect(await stores.accounts.get(id)).toMatchObject({ failures: 1 });
  });

  it('is replaced by the next one that it asks for', async () => {
    await stores.accounts.recordPull(id, 'later', ASKED);
    await stores.accounts.recordPull(id, undefined, { ...ASKED, forMs: 600_000, reason: 'ten minutes' });
    expect((await stores.accounts.findWait(id))?.forMs).toBeLessThanOrEqual(600_000);
    expect((await findStored())?.reason).toBe('ten minutes');
  });

  it.each([undefined, 'No route'])(
    'is over with the next pull (%s), also one of an older worker',
    async (error) => {
      await stores.accounts.recordPull(id, 'later', ASKED);
      await stores.sql`update provider_wait set asked_at = asked_at - interval '1 second'`;
      await stores.sql`update account set last_pull_at = last_pull_at - interval '1 second'`;
      await stores.accounts.recordPull(id, error);
      expect([await stores.accounts.findWait(id), await findStored()]).toEqual([undefined, undefined]);
    },
  );

  it('holds nobody up once it has passed, or when the clock was set back to before it', async () => {
    await stores.accounts.recordPull(id, 'later', ASKED);
    await stores.sql`update provider_wait set until = now() - interval '1 second'`;
    expect(await stores.accounts.findWait(id)).toBeUndefined();
    expect((await findStored())?.reason).toBeDefined();
    await stores.sql`update provider_wait set until = now() + interval '9 hours', asked_at = now() + interval '8 hours'`;
    expect(await stores.accounts.findWait(id)).toBeUndefined();
  });

  it('does not hold up another mailbox that the account reads since, however late it is put on record', async () => {
    await parkOne(stores, 'a');
    const at = await stores.intake.findCursor(id);
    await stores.accounts.recordPull(id, 'later', { ...ASKED, at });
    expect(await stores.accounts.findWait(id)).toBeDefined();
    await stores.accountSettings.switchConnection(id, { ...ACCOUNT, oauth: undefined }, undefined, 'r1');
    expect(await stores.accounts.findWait(id)).toBeUndefined();
    await stores.accounts.recordPull(id, 'later', { ...ASKED, at });
    expect([await stores.accounts.findWait(id), await findStored()]).toEqual([undefined, undefined]);
  });

  it('goes with its account', async () => {
    await stores.accounts.recordPull(id, 'later', ASKED);
    await stores.accountRemovals.retire(id, 'Removed');
    expect(await findStored()).toBeUndefined();
    await stores.accounts.recordPull(id, 'later', ASKED);
    await stores.accountRemovals.removeAccount(id);
    expect(await stores.accounts.find(id)).toBeUndefined();
  });
});

describe('a database of the version before', () => {
  it('keeps its accounts, and a worker that is newer than it says what is to be done', async () => {
    const database = await createEmptyDatabase();
    await migrateByDrizzle(database.url, 7);
    const client = createDatabaseClient(database.url, { connections: 2 });
    const older = createStores(client.db);
    await older.accounts.add(ACCOUNT, undefined);
    await older.accounts.recordPull(id, 'No route');
    await expect(older.accounts.findWait(id)).rejects.toMatchObject({
      type: 'Unavailable',
      fix: expect.stringContaining('migrates'),
    });
    await migrate(database.url);
    expect(await older.accounts.findWait(id)).toBeUndefined();
    expect((await older.accountFacts.count(id)).get(id)).toMatchObject({ wait: undefined });
    expect(await older.accounts.get(id)).toMatchObject({ lastPullError: 'No route', failures: 1 });
    await older.accounts.recordPull(id, 'later', ASKED);
    expect(await older.accounts.findWait(id)).toBeDefined();
    await client.close();
    await database.drop();
  });
});
