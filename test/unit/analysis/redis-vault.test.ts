import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createRedisVault } from '../../../src/analysis/cache/create-redis-vault.ts';
import { findRedis, type RedisServer, startRedis } from '../../support/start-redis.ts';

const found = findRedis();
let server: RedisServer;

beforeAll(async () => {
  if (!('skipped' in found)) server = await startRedis(found.binary);
}, 60_000);
afterAll(async () => {
  if (!('skipped' in found)) await server.stop();
});

it('keeps answers for an hour, and drops the oldest above its bound', {
  timeout: 60_000,
}, async (context) => {
  if ('skipped' in found) return context.skip(found.skipped);
  const vault = createRedisVault({ url: server.url, most: 2 });
  const redis = new Redis(server.url);
  await vault.save('a', Buffer.from([0, 255]));
  expect([...((await vault.find('a')) ?? [])]).toEqual([0, 255]);
  const seconds = await redis.ttl('{mailroom}:answer:a');
  expect(seconds).toBeGreaterThan(3500);
  expect(seconds).toBeLessThanOrEqual(3600);

  // Its rank by time, whatever the clock does within a millisecond.
  await redis.zadd('{mailroom}:answers', 1, 'a');
  await vault.save('b', Buffer.from('b'));
  await vault.save('c', Buffer.from('c'));
  expect(await vault.find('a')).toBeUndefined();
  expect(await vault.find('b')).toBeDefined();
  expect(await vault.find('c')).toBeDefined();
  vault.close();
  redis.disconnect();
});
