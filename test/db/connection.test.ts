import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDatabaseClient } from '../../db/client.ts';
import { toServiceError } from '../../db/to-service-error.ts';
import { createStores } from '../../src/create-stores.ts';
import { ServiceError } from '../../src/domain/service-error.ts';
import { newItem, parkOne, pullPage } from './support/intake-pages.ts';
import { ACCOUNT, openStores, type TestStores } from './support/open-stores.ts';

let stores: TestStores;
beforeAll(async () => {
  stores = await openStores();
});
afterAll(() => stores.close());

async function failureOf(work: Promise<unknown>): Promise<ServiceError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof ServiceError) return error;
  throw new Error(`Expected a ServiceError, met ${String(error)}`);
}

async function useClient<T>(
  url: string,
  work: (stores: ReturnType<typeof createStores>) => Promise<T>,
): Promise<T> {
  const client = createDatabaseClient(url, { connections: 1 });
  try {
    return await work(createStores(client.db));
  } finally {
    await client.close();
  }
}

function changeUrl(change: (url: URL) => void): string {
  const url = new URL(stores.url);
  change(url);
  return url.href;
}

/** A port on which nobody listens: it was free a moment ago. */
async function findDeadPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

describe('a store says what is wrong in terms of the failure table', () => {
  it('Unavailable when no server listens', async () => {
    const port = await findDeadPort();
    const url = changeUrl((each) => {
      each.hostname = '127.0.0.1';
      each.port = String(port);
    });
    const failure = await useClient(url, (each) => failureOf(each.accounts.list()));
    expect(failure).toMatchObject({ type: 'Unavailable', details: { code: 'ECONNREFUSED' } });
    expect(failure.message).not.toContain('select');
  });

  it('Unavailable, with what to check, when the database is not there', async () => {
    const url = changeUrl((each) => {
      each.pathname = '/not_there';
    });
    const failure = await useClient(url, (each) => failureOf(each.accounts.list()));
    expect(failure).toMatchObject({
      type: 'Unavailable',
      message: 'PostgreSQL refused the connection (3D000)',
    });
    expect(failure.fix).toContain('DATABASE_URL');
  });

  it('Unavailable, without the password, when the user is not known', async () => {
    const url = changeUrl((each) => {
      each.username = 'nobody_at_all';
      each.password = 'wrong';
    });
    const failure = await useClient(url, (each) => failureOf(each.accounts.list()));
    expect(failure.type).toBe('Unavailable');
    expect(failure.fix).toContain('password');
    expect(`${failure.message} ${failure.fix}`).not.toContain('wrong');
  });

  it('Conflict when the row is there, NotFound when what it names is not', async () => {
    expect((await failureOf(stores.accounts.add(ACCOUNT, undefined))).type).toBe('Conflict');
    const stray = pullPage([newItem('a')], { accountId: 'not-there', batchId: 'pull-stray' });
    expect((await failureOf(stores.intake.park(stray))).type).toBe('NotFound');
  });

  it('Unavailable when two transactions wait for each other, and one of them goes through', async () => {
    const [one, two] = [await parkOne(stores, 'deadlock-1'), await parkOne(stores, 'deadlock-2')];
    let met = 0;
    let release: () => void = () => undefined;
    const both = new Promise<void>((resolve) => {
      release = resolve;
    });
    const cross = (first: string, second: string) =>
      stores.sql.begin(async (tx) => {
        await tx`update message set note = 'x' where id = ${first}`;
        met += 1;
        if (met === 2) release();
        await both;
        await tx`update message set note = 'x' where id = ${second}`;
      });
    const ends = await Promise.allSettled([cross(one, two), cross(two, one)]);
    const reasons = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason as unknown] : []));
    expect(reasons).toHaveLength(1);
    expect(toServiceError(reasons[0])).toMatchObject({ type: 'Unavailable', details: { code: '40P01' } });
  });

  it.each([
    ['08006', 'Unavailable'],
    ['40001', 'Unavailable'],
    ['53300', 'Unavailable'],
    ['57014', 'Unavailable'],
    ['57P01', 'Unavailable'],
    ['CONNECTION_ENDED', 'Unavailable'],
    ['28P01', 'Unavailable'],
    ['28000', 'Unavailable'],
    ['3D000', 'Unavailable'],
    ['23505', 'Conflict'],
    ['23503', 'NotFound'],
    ['22021', 'InvalidInput'],
    ['54000', 'Internal'],
    ['42P01', 'Unavailable'],
    ['42703', 'Unavailable'],
    ['42601', 'Internal'],
  ])('%s is %s', (code, type) => {
    const thrown = Object.assign(new Error('secret query text'), { code });
    for (const error of [thrown, new Error('secret wrapper', { cause: thrown })]) {
      const failure = toServiceError(error);
      expect(failure).toMatchObject({ type });
      expect(failure.message).not.toContain('secret');
    }
  });

  it('a ServiceError stays what it is, anything else is Internal', () => {
    const own = new ServiceError('NotFound', 'gone');
    expect(toServiceError(own)).toBe(own);
    expect(toServiceError(new TypeError('x'))).toMatchObject({ type: 'Internal' });
    expect(toServiceError('text')).toMatchObject({ type: 'Internal' });
    expect(toServiceError(null)).toMatchObject({ type: 'Internal' });
  });
});

describe('a connection that the server ends', () => {
  it('fails the transaction under way as Unavailable; the pool recovers and the process lives on', async () => {
    const client = createDatabaseClient(stores.url, { connections: 1 });
    const cut = client.db.transaction(async (tx) => {
      await tx.execute('select pg_terminate_backend(pg_backend_pid())');
    });
    expect(toServiceError(await cut.catch((error: unknown) => error))).toMatchObject({ type: 'Unavailable' });

    const ask = () => client.db.transaction((tx) => tx.execute<{ one: number }>('select 1 as one'));
    // postgres.js may hand the old connection's last words to the first query of the new one.
    const [row] = await ask().catch((error: unknown) => {
      expect(toServiceError(error)).toMatchObject({ type: 'Unavailable' });
      return ask();
    });
    expect(row?.one).toBe(1);
    await client.close();
  });

  it('keeps a refused statement from hurting what follows in the same pool', async () => {
    const client = createDatabaseClient(stores.url, { connections: 1 });
    const refused = client.db.transaction(async (tx) => tx.execute('select 1 / 0'));
    expect(toServiceError(await refused.catch((error: unknown) => error))).toMatchObject({
      type: 'InvalidInput',
    });
    expect((await client.sql`select 2 as two`)[0]?.two).toBe(2);
    await client.close();
  });
});

describe('a statement', () => {
  const countPrepared = async (url: string): Promise<number> => {
    const { db, close } = createDatabaseClient(url, { connections: 1 });
    try {
      await createStores(db).messages.findChosen('m1');
      const [row] = await db.execute<{ n: number }>('select count(*)::int as n from pg_prepared_statements');
      return row?.n ?? 0;
    } finally {
      await close();
    }
  };

  it('is parsed and planned once for a connection', async () => {
    expect(await countPrepared(stores.url)).toBeGreaterThan(0);
  });

  it('is not kept where the URL says so, for poolers that mix connections', async () => {
    expect(await countPrepared(changeUrl((url) => url.searchParams.set('prepare', 'false')))).toBe(0);
  });

  it('of many rows is not kept: each count of rows would stay in the memory of the server', async () => {
    const { db, sql, close } = createDatabaseClient(stores.url, { connections: 1 });
    try {
      const many = Array.from({ length: 61 }, (_, index) => index);
      await sql.unsafe(`select ${many.map((index) => `$${index + 1}::int`).join(' + ')}`, many as never[]);
      const kept = await db.execute("select from pg_prepared_statements where statement like '%$61%'");
      expect(kept).toHaveLength(0);
    } finally {
      await close();
    }
  });
});
