import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import getPort from 'get-port';
import { type Cluster, startCluster } from './start-cluster.ts';
import { readTemplate, type Template } from './template.ts';

export interface RunningOdoo {
  readonly url: string;
  readonly database: string;
  readonly username: string;
  readonly password: string;
  /** Of the same user. */
  readonly apiKey: string;
  /** The server's own log so far. */
  log(): string;
  stop(): Promise<void>;
}

const BOOT_MS = 60_000;
const run = promisify(execFile);

const QUICK_HASHES = 'quick_hashes';

/** Odoo hashes a password 600,000 times, at each login with an API key too: half of the work of these tests. */
async function addQuickHashes(work: string): Promise<void> {
  const folder = join(work, 'addons', QUICK_HASHES);
  await mkdir(folder, { recursive: true });
  await writeFile(
    join(folder, '__manifest__.py'),
    "{'name': 'Quick hashes', 'author': 'Mailroom', 'license': 'LGPL-3'}\n",
  );
  await writeFile(
    join(folder, '__init__.py'),
    'from odoo.addons.base.models import res_users\nres_users.MIN_ROUNDS = 1_000\n',
  );
}

/** A login with the password replaces the hash that the template has of it. */
async function replaceHash(url: string, template: Template): Promise<void> {
  const params = { db: template.database, login: 'admin', password: 'admin' };
  const answer = await fetch(`${url}/web/session/authenticate`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', params }),
  });
  const { error } = (await answer.json()) as { error?: unknown };
  if (error !== undefined) throw new Error(`Odoo refused its admin: ${JSON.stringify(error).slice(0, 500)}`);
}

interface Launch {
  readonly dir: string;
  readonly work: string;
  readonly port: number;
  readonly gevent: number;
  readonly cluster: Cluster;
  readonly template: Template;
}

function launch({ dir, work, port, gevent, cluster, template }: Launch): ChildProcess {
  const database = ['-d', template.database, '--db_host=127.0.0.1', `--db_port=${cluster.port}`];
  const modules = [`--addons-path=${join(work, 'addons')}`, `--load=base,rpc,web,${QUICK_HASHES}`];
  const http = ['--http-interface=127.0.0.1', `--http-port=${port}`, `--gevent-port=${gevent}`];
  const args = [...database, `--db_user=${cluster.user}`, `--data-dir=${join(work, 'data')}`, ...http];
  return spawn(join(dir, 'odoo'), [...args, ...modules, '--workers=0', '--max-cron-threads=0'], {
    env: { ...process.env, PGPASSWORD: template.postgresPassword },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function untilHealthy(url: string, child: ChildProcess, log: () => string): Promise<void> {
  const deadline = Date.now() + BOOT_MS;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`Odoo ended with ${child.exitCode}:\n${log().slice(-3000)}`);
    const healthy = await fetch(`${url}/web/health`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (healthy) return;
    await sleep(50);
  }
  throw new Error(`Odoo did not answer within ${BOOT_MS} ms:\n${log().slice(-3000)}`);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const killer = setTimeout(() => child.kill('SIGKILL'), 5_000);
  await exited;
  clearTimeout(killer);
}

/**
 * Starts a real Odoo 19 with base, contacts and crm on free loopback ports, over its own copy of the template cluster
 * and file store: each call is a fresh database. Needs nothing but the folder of `findOdoo()`; about 3 s, 200 MB.
 */
export async function startOdoo({ dir }: { readonly dir: string }): Promise<RunningOdoo> {
  const template = await readTemplate(dir);
  const work = await mkdtemp(join(tmpdir(), 'mailroom-odoo-'));
  // PostgreSQL runs as another user when the tests run as root, and has to pass through.
  await chmod(work, 0o711);
  await run('cp', ['-a', join(dir, 'template', 'cluster'), join(dir, 'template', 'data'), work]);
  await addQuickHashes(work);
  const databaseDir = join(work, 'cluster');
  const cluster = await startCluster({ databaseDir, password: template.postgresPassword, create: false });
  const [port, gevent] = await Promise.all([getPort({ host: '127.0.0.1' }), getPort({ host: '127.0.0.1' })]);
  const child = launch({ dir, work, port, gevent, cluster, template });
  const output: string[] = [];
  child.stdout?.on('data', (chunk: Buffer) => output.push(chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => output.push(chunk.toString()));
  const killWithUs = () => child.kill('SIGKILL');
  process.once('exit', killWithUs);
  const stop = async () => {
    process.removeListener('exit', killWithUs);
    await end(child);
    await cluster.stop();
    await rm(work, { recursive: true, force: true });
  };
  const url = `http://127.0.0.1:${port}`;
  const log = () => output.join('');
  try {
    await untilHealthy(url, child, log);
    await replaceHash(url, template);
  } catch (error) {
    await stop();
    throw error;
  }
  const { database, apiKey } = template;
  return { url, database, username: 'admin', password: 'admin', apiKey, log, stop };
}
