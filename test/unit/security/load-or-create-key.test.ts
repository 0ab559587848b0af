import { chmod, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { loadOrCreateKey } from '../../../src/security/load-or-create-key.ts';

let folder: string;
let home: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mailroom-key-'));
  home = join(folder, 'deep', 'home');
});
afterEach(() => rm(folder, { recursive: true }));

it('creates a key that only its owner reads, and finds it again', async () => {
  const keys = await loadOrCreateKey(home);
  expect(keys.get(1)).toHaveLength(32);
  expect((await stat(join(home, 'secret.key'))).mode & 0o777).toBe(0o600);
  expect(await loadOrCreateKey(home)).toEqual(keys);
});

it('gives all that race for it the same key and leaves nothing else behind', async () => {
  const all = await Promise.all(Array.from({ length: 20 }, () => loadOrCreateKey(home)));
  expect(new Set(all.map((keys) => Buffer.from(keys.get(1) ?? []).toString('hex'))).size).toBe(1);
  expect(await readdir(home)).toEqual(['secret.key']);
});

it('refuses a key that others can read', async () => {
  await loadOrCreateKey(home);
  await chmod(join(home, 'secret.key'), 0o644);
  await expect(loadOrCreateKey(home)).rejects.toMatchObject({
    type: 'InvalidInput',
    fix: expect.stringContaining('chmod 600'),
  });
});

it('refuses a damaged key instead of making a new one', async () => {
  await loadOrCreateKey(home);
  await writeFile(join(home, 'secret.key'), 'garbage');
  await expect(loadOrCreateKey(home)).rejects.toMatchObject({ type: 'InvalidInput' });
});
