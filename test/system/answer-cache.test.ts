import { randomBytes } from 'node:crypto';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { addAnswerCounter } from '../../api/metrics/add-answer-counter.ts';
import { createDatabaseClient, type DatabaseClient } from '../../db/client.ts';
import { type Answers, createAnswers } from '../../src/create-answers.ts';
import { createStores } from '../../src/create-stores.ts';
import { createSealer } from '../../src/security/seal.ts';
import { findRedis, type RedisServer, startRedis } from '../support/start-redis.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';

const OUT = 'A level of the kept answers is out; mail goes on without it';
const found = findRedis();
const never = new AbortController().signal;
const unasked = () => Promise.reject(new Error('the model was asked again'));
const key = (name: string) => Buffer.from(name).toString('hex').padEnd(64, '0').slice(0, 64);
const sealer = createSealer(new Map([[1, randomBytes(32)]]));

let redis: RedisServer;
let database: TestDatabase;
let client: DatabaseClient;
let first: Answers;
const opened: Answers[] = [];
const logged: string[] = [];

beforeAll(async () => {
  if ('skipped' in found) return;
  [redis, database] = await Promise.all([startRedis(found.binary), createTestDatabase()]);
  client = createDatabaseClient(database.url, { connections: 2 });
  first = openWorker();
});
afterAll(async () => {
  if ('skipped' in found) return;
  for (const answers of opened) answers.close();
  await client.close();
  await Promise.all([redis.stop(), database.drop()]);
});

test('each level answers for the next worker, and the metrics tell which', async (context) => {
  if ('skipped' in found) return context.skip(found.skipped);
  const second = openWorker();
  expect(await first.cache.fetch(key('a'), never, async () => 'answer a')).toBe('answer a');
  expect(await first.cache.fetch(key('a'), never, unasked)).toBe('answer a');
  expect(await second.cache.fetch(key('a'), never, unasked)).toBe('answer a');
  expect(await scrape(first)).toEqual(['memory miss 1', 'redis miss 1', 'postgres miss 1', 'memory hit 1']);
  expect(await scrape(second)).toEqual(['memory miss 1', 'redis hit 1']);
  expect(logged).toEqual([]);
});

test('a Redis that is away costs no mail: Postgres answers, a model is asked, and it is said once', async (context) => {
  if ('skipped' in found) return context.skip(found.skipped);
  await redis.kill();
  const fresh = openWorker();
  const started = performance.now();
  expect(await fresh.cache.fetch(key('a'), never, unasked)).toBe('answer a');
  for (const name of ['b', 'c', 'd']) {
    expect(await first.cache.fetch(key(name), never, async () => `answer ${name}`)).toBe(`answer ${name}`);
  }
  console.log(`4 answers without Redis: ${(performance.now() - started).toFixed(0)} ms`);
  expect(await scrape(fresh)).toContain('postgres hit 1');
  expect(countOf(await scrape(first), 'redis failure')).toBeGreaterThanOrEqual(3);
  // Once for each of the two workers.
  expect(logged).toEqual([OUT, OUT]);

  await redis.restart();
  let asked = 0;
  await vi.waitFor(
    async () => {
      await first.cache.fetch(key(`again ${++asked}`), never, async () => 'x');
      expect(countOf(await scrape(first), 'redis miss')).toBeGreaterThan(1);
    },
    { timeout: 40_000, interval: 300 },
  );
  expect(logged).toEqual([OUT, OUT]);
});

/** The kept answers of one more worker. */
function openWorker(): Answers {
  const logger = pino({}, { write: (line: string) => void logged.push(JSON.parse(line).msg as string) });
  const { modelAnswers } = createStores(client.db);
  const answers = createAnswers({ redisUrl: redis.url, modelAnswers, sealer, logger });
  opened.push(answers);
  return answers;
}

/** As Prometheus reads it: `redis hit 1`. */
async function scrape({ counts }: Answers): Promise<string[]> {
  const registry = new Registry();
  addAnswerCounter(registry, { countAnswers: counts });
  const text = await registry.metrics();
  return [...text.matchAll(/level="(\w+)",lookup="(\w+)"\} (\d+)/g)].map((row) => row.slice(1).join(' '));
}

function countOf(lines: readonly string[], name: string): number {
  return Number(
    lines
      .find((line) => line.startsWith(name))
      ?.split(' ')
      .at(-1) ?? 0,
  );
}
