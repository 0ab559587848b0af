import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readTextFile } from '../../../src/analysis/taxonomy/read-text-file.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'text-file-'));
  await writeFile(join(folder, 'text'), 'Grüße');
  await symlink(join(folder, 'text'), join(folder, 'link'));
  await writeFile(join(folder, 'large'), '');
  await truncate(join(folder, 'large'), 3_000_001);
  await symlink('/dev/zero', join(folder, 'device'));
  execFileSync('mkfifo', [join(folder, 'fifo')]);
});
afterAll(() => rm(folder, { recursive: true }));

const read = (name: string) => readTextFile(join(folder, name), { name: 'The file', fix: 'Name another.' });

it.each(['text', 'link'])('reads %s', (name) => {
  expect(read(name)).toBe('Grüße');
});

it.each([
  ['fifo', 'is not a regular file'],
  ['.', 'is not a regular file'],
  ['device', 'is not a regular file'],
  ['large', 'is larger than 3000000 bytes'],
  ['missing', 'cannot be read'],
])('refuses %s at once, with the fix: it %s', (name, why) => {
  expect(() => read(name)).toThrow(
    expect.objectContaining({ type: 'InvalidInput', message: `The file ${why}`, fix: 'Name another.' }),
  );
});

it('refuses what is not UTF-8, and does not read it with marks of replacement', async () => {
  await writeFile(join(folder, 'latin1'), Buffer.from('Grüße', 'latin1'));
  expect(() => read('latin1')).toThrow(
    expect.objectContaining({
      type: 'InvalidInput',
      message: 'The file is not valid UTF-8',
      fix: 'Save it as UTF-8.',
    }),
  );
});
