import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, cp, mkdir, mkdtemp, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, it } from 'vitest';

const SCRIPT = join(import.meta.dirname, '..', '..', '..', 'src', 'embedded', 'prestart.mjs');
// Installs what package-lock.json says, or fails as often as the file `fail` has lines.
const NPM = `#!/bin/sh
echo "$@" >> calls
if [ -s fail ]; then sed -i 1d fail; echo 'npm error EUSAGE'; exit 1; fi
rm -rf node_modules; mkdir -p node_modules/vite/bin
cat > node_modules/vite/bin/vite.js <<'V'
const fs = require('node:fs');
fs.appendFileSync('calls', 'vite build\\n');
console.log('vite speaks on stdout');
if (fs.existsSync('api/web/broken')) process.exit(1);
fs.mkdirSync('api/web/dist', { recursive: true });
V
echo "npm speaks on stdout"
sleep 0.3
cp package-lock.json node_modules/.package-lock.json
`;
let project: string;

beforeEach(async () => {
  project = await realpath(await mkdtemp(join(tmpdir(), 'prestart ü ')));
  await put('bin/npm', NPM);
  await chmod(join(project, 'bin', 'npm'), 0o755);
  await mkdir(join(project, 'src', 'embedded'), { recursive: true });
  await cp(SCRIPT, join(project, 'src', 'embedded', 'prestart.mjs'));
  await putLock('1.0.0');
});
afterEach(() => rm(project, { recursive: true, force: true }));

async function put(path: string, content: string): Promise<void> {
  await mkdir(dirname(join(project, path)), { recursive: true });
  await writeFile(join(project, path), content);
}
const putLock = (version: string) =>
  put('package-lock.json', JSON.stringify({ packages: { '': {}, 'node_modules/a': { version } } }));
const calls = async () =>
  (await readFile(join(project, 'calls'), 'utf8').catch(() => '')).split('\n').filter(Boolean);

function launch(): ChildProcess {
  return spawn(process.execPath, [join(project, 'src', 'embedded', 'prestart.mjs')], {
    cwd: project,
    env: { PATH: `${join(project, 'bin')}:/usr/bin:/bin` },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function finish(child: ChildProcess): Promise<{ code: number; stdout: string; stderr: string }> {
  const { stdout, stderr } = child;
  if (!stdout || !stderr) throw new Error('no pipes');
  const [out, err, [code]] = await Promise.all([text(stdout), text(stderr), once(child, 'exit')]);
  return { code, stdout: out, stderr: err };
}
const prestart = () => finish(launch());

it('installs once, then says and does nothing', async () => {
  const first = await prestart();
  expect(first).toMatchObject({ code: 0, stdout: '' });
  expect(first.stderr).toContain('installing packages');
  expect(await prestart()).toEqual({ code: 0, stdout: '', stderr: '' });
  expect(await calls()).toEqual([expect.stringMatching(/^ci /)]);
});

it('installs again when the lock file changed', async () => {
  await prestart();
  await putLock('1.0.1');
  await prestart();
  expect(await calls()).toHaveLength(2);
});

it('accepts an installation made by hand, unless it is another version', async () => {
  const record = (version: string) =>
    put('node_modules/.package-lock.json', JSON.stringify({ packages: { 'node_modules/a': { version } } }));
  await record('1.0.0');
  expect(await prestart()).toEqual({ code: 0, stdout: '', stderr: '' });
  await rm(join(project, 'node_modules'), { recursive: true });
  await record('0.9.0');
  await prestart();
  expect(await calls()).toHaveLength(1);
});

it('repairs an installation that was interrupted', async () => {
  await put('node_modules/a/half.js', '');
  await prestart();
  await rm(join(project, 'node_modules'), { recursive: true });
  await put('node_modules/.package-lock.json', '{"packages": {"node_mod');
  await prestart();
  expect(await calls()).toHaveLength(2);
});

it('falls back to npm install, which keeps the lock file, then says what to do', async () => {
  await put('fail', 'x\n');
  expect((await prestart()).code).toBe(0);
  expect(await calls()).toEqual([
    expect.stringMatching(/^ci /),
    expect.stringMatching(/^install --no-save /),
  ]);
  await rm(join(project, 'node_modules'), { recursive: true });
  await put('fail', 'x\nx\nx\n');
  const failed = await prestart();
  expect(failed.code).toBe(1);
  expect(failed.stderr).toContain('npm error EUSAGE');
  expect(failed.stderr).toContain('then run: npm install');
});

it('lets one of several starts install while the others wait', async () => {
  const all = await Promise.all([prestart(), prestart(), prestart()]);
  expect(all.map(({ code }) => code)).toEqual([0, 0, 0]);
  expect(await calls()).toHaveLength(1);
});

it('does not wait for a start that was killed', async () => {
  const killed = launch();
  await expect.poll(calls).toHaveLength(1);
  killed.kill('SIGKILL');
  await once(killed, 'exit');
  const began = Date.now();
  expect((await prestart()).code).toBe(0);
  expect(Date.now() - began).toBeLessThan(20_000);
});

it('builds the web page when its sources changed', async () => {
  await put('api/web/main.tsx', '1');
  await prestart();
  expect(await calls()).toHaveLength(1);
  await put('api/web/vite.config.ts', '');
  expect((await prestart()).stdout).toBe('');
  expect(await prestart()).toEqual({ code: 0, stdout: '', stderr: '' });
  await put('api/web/main.tsx', '2');
  await prestart();
  expect((await calls()).slice(1)).toEqual(['vite build', 'vite build']);
});

it('goes on without the web page when it cannot be built, and tries again next time', async () => {
  await put('api/web/vite.config.ts', '');
  await put('api/web/broken', '');
  const broken = await prestart();
  expect(broken.code).toBe(0);
  expect(broken.stderr).toContain('the web page could not be built');
  await rm(join(project, 'api', 'web', 'broken'));
  await prestart();
  expect((await stat(join(project, 'api', 'web', 'dist'))).isDirectory()).toBe(true);
});
