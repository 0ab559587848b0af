import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import getPort from 'get-port';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { getInstalled } from '../support/get-installed.ts';
import { killSpawned, runCommand, spawnStart, untilNoneRun } from '../support/spawn-mailroom.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mailroom refused '));
  await getInstalled();
}, 180_000);
afterAll(async () => {
  killSpawned();
  await rm(folder, { recursive: true, force: true });
});

test('says what is wrong with the mail, the home, and servers that are not ours, and leaves nothing behind', {
  timeout: 180_000,
}, async () => {
  const closed = await getPort();
  const guess = new URL(inject('postgresUrl'));
  guess.password = 'a-wrong-password';
  const temporal = { TEMPORAL_ADDRESS: inject('temporalAddress') };
  const cases: readonly [string[], Record<string, string>, string, string][] = [
    [['--mail', join(folder, 'missing')], {}, 'There is no such file or folder', 'Give a folder'],
    [[], { MAILROOM_HOME: '/dev/null/home' }, '/dev/null/home cannot be used', 'Set MAILROOM_HOME'],
    [[], { ...temporal, DATABASE_URL: guess.href }, 'PostgreSQL refused', 'password'],
    [
      [],
      { ...temporal, DATABASE_URL: `postgres://mailroom:x@127.0.0.1:${closed}/mailroom` },
      'PostgreSQL cannot be used just now (ECONNREFUSED)',
      'DATABASE_URL',
    ],
    [
      [],
      { DATABASE_URL: inject('postgresUrl'), TEMPORAL_ADDRESS: `127.0.0.1:${closed}` },
      `No Temporal server answers at 127.0.0.1:${closed}`,
      'TEMPORAL_ADDRESS',
    ],
  ];
  await Promise.all(
    cases.map(async ([args, env, text, fix], index) => {
      const own = { MAILROOM_HOME: join(folder, `home ${index}`), PORT: String(await getPort()) };
      const { code, stdout, stderr } = await spawnStart(['--once', '--json', ...args], { ...own, ...env })
        .ended;
      expect([code, stdout], stderr).toEqual([1, '']);
      expect(stderr).toContain(text);
      expect(stderr).toContain(fix);
      expect(stderr).not.toContain('a-wrong-password');
      expect(stderr).not.toMatch(/\n\s+at /);
    }),
  );
  await untilNoneRun(folder);
});

test('a command says that no mail room runs in its home', async () => {
  const elsewhere = join(folder, 'elsewhere');
  const { code, stdout, stderr } = await runCommand(['status', '--json'], { MAILROOM_HOME: elsewhere });
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toContain(`No Mailroom runs in ${elsewhere}`);
  expect(stderr).toContain('npm start');
});
