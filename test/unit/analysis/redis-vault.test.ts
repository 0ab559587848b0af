import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { createRedisVault } from '../../../src/analysis/cache/create-redis-vault.ts';

const SERVERS = ['/usr/bin/redis-server', '/usr/local/bin/redis-server', '/opt/homebrew/bin/redis-server'];
const program = SERVERS.find((path) => existsSync(path));
const folder = mkdtempSync(join(tmpdir(), 'mailroom-redis-'));
const socket = join(folder, 'redis.sock');
let server: ChildProcess | undefined;

beforeAll(async () => {
  if (program === undefined) return;
  server = spawn(program, ['--port', '0', '--unixsocket', socket, '--dir', folder, '--save', ''], {
    stdio: 'ignore',
  });
  await vi.waitFor(() => expect(existsSync(socket)).toBe(true), { timeout: 8000 });
}, 10_000);
afterAll(() => {
  server?.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

it('keeps answers for an hour, and drops the oldest above its bound', {
  timeout: 15_000,
}, async (context) => {
  if (program === undefined) context.skip('no redis-server on this machine: apt-get install redis-server');
  const vault = createRedisVault({ url: socket, most: 2 });
  const redis = new Redis(socket);
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
