import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { identifyProcess } from '../../../src/embedded/identify-process.ts';
import { lockHome } from '../../../src/embedded/lock-home.ts';

let home: string;
beforeEach(async () => {
  home = join(await mkdtemp(join(tmpdir(), 'lock home ü ')), 'made', 'on demand');
});
afterEach(() => rm(join(home, '..', '..'), { recursive: true, force: true }));

it('refuses a second live copy and lets it in after the release', async () => {
  const first = await lockHome(home);
  await expect(lockHome(home)).rejects.toMatchObject({
    type: 'Conflict',
    message: `Another Mailroom (pid ${process.pid}) uses ${home}`,
    fix: expect.stringContaining('MAILROOM_HOME'),
  });
  await first.release();
  await (await lockHome(home)).release();
  expect(await readdir(home)).toEqual([]);
});

it('takes over from a process that died, also when its pid lives again in another one', async () => {
  const dead = spawn(process.execPath, ['-e', '0']);
  const identity = identifyProcess(dead.pid ?? 0);
  await once(dead, 'exit');
  await (await lockHome(home)).release();
  await writeFile(join(home, 'lock'), `${dead.pid}\n${identity}\n${hostname()}\n`);
  await (await lockHome(home)).release();
  await writeFile(join(home, 'lock'), `${process.pid}\n12345 some other program\n${hostname()}\n`);
  await (await lockHome(home)).release();
});

it('takes over from another host only when its heartbeat is old', async () => {
  await (await lockHome(home)).release();
  await writeFile(join(home, 'lock'), '7\n12345 node\nanother-host\n');
  await expect(lockHome(home)).rejects.toThrow('pid 7 on another-host');
  const old = new Date(Date.now() - 120_000);
  await utimes(join(home, 'lock'), old, old);
  await (await lockHome(home)).release();
});

it('lets exactly one of many in', async () => {
  await (await lockHome(home)).release();
  await writeFile(join(home, 'lock'), `999999\ngone\n${hostname()}\n`);
  const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => lockHome(home)));
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});
