// Runs before `npm start` and `npm test`, also before the first install: plain JavaScript, no dependency.
// Speaks on stderr only, because `npm start -- --once --json` owns stdout; silent when there is nothing to do.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const OLDEST_NODE = [20, 20];
const HEARTBEAT_MS = 1000;
const STALE_MS = 15_000;
const root = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');
const modules = join(root, 'node_modules');
const installMarker = join(modules, '.mailroom-install');
const webMarker = join(modules, '.cache', 'mailroom', 'web-build');
const web = join(root, 'api', 'web');

const say = (line) => process.stderr.write(`mailroom: ${line}\n`);
const sleep = (ms) => new Promise((wake) => setTimeout(wake, ms));
const hash = (...parts) => createHash('sha256').update(parts.join('\0')).digest('hex');

/** Empty when it is not there: another start may remove its lock between a look and a read. */
function read(path) {
  try {
    return fs.readFileSync(path, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return '';
    throw error;
  }
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  say(
    `this is Node ${process.versions.node}, but ${OLDEST_NODE.join('.')} or later is needed. Get one at https://nodejs.org`,
  );
  process.exit(1);
}

function mark(path, content) {
  try {
    fs.mkdirSync(dirname(path), { recursive: true });
    fs.writeFileSync(path, content);
  } catch {
    // A read-only installation: the next start looks again, that is all.
  }
}

/** Of the lock file and of what native packages are built for. */
const installHash = () => hash(read(join(root, 'package-lock.json')), process.platform, process.arch);

/**
 * Whether node_modules holds what package-lock.json says. Without our marker (an install by hand) npm's own record
 * decides: npm writes it last, so an interrupted install has none or an older one.
 */
function isInstalled() {
  if (read(installMarker) === installHash()) return true;
  const wanted = readPackages(join(root, 'package-lock.json'));
  const there = readPackages(join(modules, '.package-lock.json'));
  if (!wanted || !there) return false;
  for (const [path, entry] of Object.entries(wanted)) {
    if (path !== '' && !entry.optional && !entry.devOptional && there[path]?.version !== entry.version)
      return false;
  }
  const isStray = ([path, entry]) => !entry.optional && wanted[path]?.version !== entry.version;
  if (Object.entries(there).some(isStray)) return false;
  mark(installMarker, installHash());
  return true;
}

function readPackages(path) {
  try {
    return JSON.parse(fs.readFileSync(path, 'utf8')).packages;
  } catch {
    return undefined; // Missing, or half written by an install that was killed.
  }
}

/** False when it failed and said why. */
async function install() {
  say('installing packages; the first time this takes a minute or two');
  fs.rmSync(installMarker, { force: true });
  const began = Date.now();
  const seconds = () => Math.round((Date.now() - began) / 1000);
  const beat = setInterval(() => say(`still installing, ${seconds()} s`), 20_000);
  const options = ['--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  // npm ci refuses a lock file that lacks optional packages of other platforms (one made with a registry that has not
  // all of them); npm install takes the same versions. It is also the second try after a hiccup of the network.
  let tried = await run('npm', ['ci', ...options]);
  if (!tried.ok) tried = await run('npm', ['install', '--no-save', ...options]);
  clearInterval(beat);
  if (!tried.ok) {
    process.stderr.write(`${tried.output.trim().split('\n').slice(0, 15).join('\n')}\n`);
    say('could not install the packages. Check the network and the npm registry, then run: npm install');
    process.exitCode = 1;
    return false;
  }
  mark(installMarker, installHash());
  say(`packages installed in ${seconds()} s`);
  return true;
}

/** undefined while there is no web application to build. */
function webHash() {
  const hasConfig = ['ts', 'mts', 'js', 'mjs'].some((ext) => fs.existsSync(join(web, `vite.config.${ext}`)));
  if (!hasConfig) return undefined;
  const folders = [web, join(root, 'src', 'domain'), join(root, 'src', 'contract')];
  const files = folders.flatMap((folder) => listFiles(folder)).sort();
  return hash(
    read(join(root, 'package-lock.json')),
    ...files.flatMap((file) => [file, fs.readFileSync(file)]),
  );
}

function listFiles(folder) {
  if (!fs.existsSync(folder)) return [];
  return fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return ['dist', 'node_modules'].includes(entry.name) ? [] : listFiles(path);
    return entry.isFile() ? [path] : [];
  });
}

function isWebBuilt() {
  const wanted = webHash();
  return wanted === undefined || (fs.existsSync(join(web, 'dist')) && read(webMarker) === wanted);
}

/** A failure is said and does not stop the start: the API works without its page, and the tests of the page will tell. */
async function buildWeb() {
  say('building the web page');
  const wanted = webHash();
  const vite = join(modules, 'vite', 'bin', 'vite.js');
  const built = await run(process.execPath, [vite, 'build', web, '--logLevel', 'warn']);
  if (!built.ok) {
    process.stderr.write(`${built.output.trim().split('\n').slice(-15).join('\n')}\n`);
    say('the web page could not be built (see above); going on without it. Try again: npm run build:web');
    return;
  }
  mark(webMarker, wanted);
}

/** Runs a program with its output kept for the case that it fails. */
function run(command, args) {
  return new Promise((done) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        output += chunk;
      });
    }
    child.once('error', (error) => done({ ok: false, output: `${command}: ${error.message}` }));
    child.once('close', (code) => done({ ok: code === 0, output }));
  });
}

/** One start at a time works on a project. The holder touches its lock, so a killed one is recognised within seconds. */
async function withLock(work) {
  const lock = join(tmpdir(), `mailroom-prestart-${process.getuid?.()}-${hash(root).slice(0, 16)}.lock`);
  for (let waited = false; !(await tryLock(lock)); waited = true) {
    if (!waited) say('waiting for another start that installs or builds here');
    await sleep(200);
  }
  const beat = setInterval(() => fs.utimes(lock, new Date(), new Date(), () => undefined), HEARTBEAT_MS);
  try {
    await work();
  } finally {
    clearInterval(beat);
    fs.rmSync(lock, { force: true });
  }
}

async function tryLock(lock) {
  try {
    fs.writeFileSync(lock, `${process.pid}\n`, { flag: 'wx' });
    // Another waiter may remove a stale lock a moment too late and hit ours.
    await sleep(30);
    return read(lock) === `${process.pid}\n`;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    if (!isStale(lock)) return false;
    fs.rmSync(lock, { force: true });
    return tryLock(lock);
  }
}

function isStale(lock) {
  const seen = fs.statSync(lock, { throwIfNoEntry: false });
  if (!seen) return false;
  if (Date.now() - seen.mtimeMs > STALE_MS) return true;
  const pid = Number.parseInt(read(lock), 10);
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}

checkNode();
if (!isInstalled() || !isWebBuilt()) {
  await withLock(async () => {
    if ((isInstalled() || (await install())) && !isWebBuilt()) await buildWeb();
  });
}
