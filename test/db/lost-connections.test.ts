import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDatabaseClient } from '../../db/client.ts';
import { isConnectionLost } from '../../db/to-service-error.ts';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';

let database: TestDatabase;
let proxy: TcpProxy;
beforeAll(async () => {
  database = await createTestDatabase();
  const { hostname, port } = new URL(database.url);
  proxy = await startTcpProxy({ host: hostname, port: Number(port) });
});
afterAll(async () => {
  await proxy.stop();
  await database.drop();
});

const HUNG = Symbol('hung');

/** Three who ask side by side, and at once again when they lose their connection, as a catch does that takes a note. */
async function askInSpiteOfCuts(connections: number): Promise<unknown[]> {
  const url = new URL(database.url);
  url.host = `${proxy.host}:${proxy.port}`;
  const client = createDatabaseClient(url.href, { connections });
  const ask = async (n: number) => {
    for (let attempt = 0; ; attempt += 1) {
      try {
        if (n === 2)
          return await client.db.transaction(async (tx) => {
            await tx.execute(sql`select ${n}::int as n`);
            return (await tx.execute<{ n: number }>(sql`select ${n}::int as n`))[0]?.n;
          });
        const [row] = await client.db.execute<{ n: string; at: string }>(
          sql`select ${JSON.stringify({ n })}::jsonb ->> 'n' as n, now() as at`,
        );
        return typeof row?.at === 'string' ? Number(row.n) : row;
      } catch (error) {
        if (attempt > 20 || !isConnectionLost(error)) return error;
      }
    }
  };
  const asked = [0, 1, 2].map(ask);
  const all = await Promise.all(asked.map((one) => Promise.race([one, sleep(4_000, HUNG, { ref: false })])));
  await client.close();
  return all;
}

describe.each([
  ['one connection', 1],
  ['three connections', 3],
])('a pool of %s that lose them all', (_, connections) => {
  it.each(['up', 'down'] as const)(
    'answers, and nobody with the answer of another, after each message %s',
    async (way) => {
      const wrong: unknown[] = [];
      for (let n = 1, met = true; met; n += 1) {
        let seen = 0;
        met = false;
        proxy.onChunk((_chunk, at) => {
          if (at !== way || ++seen !== n) return;
          met = true;
          proxy.cutAll();
        });
        const got = await askInSpiteOfCuts(connections);
        if (got.some((value, index) => value !== index)) wrong.push([n, ...got]);
      }
      proxy.onChunk(undefined);
      expect(wrong).toEqual([]);
    },
  );
});
