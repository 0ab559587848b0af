import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startCluster } from './start-cluster.ts';
import type { Template } from './template.ts';

/** Called by install.sh: initialises base, contacts and crm once and keeps the stopped cluster in DIR/template. */
const DATABASE = 'odoo_tpl';
const KEY_SCRIPT =
  "print('APIKEY=' + env['res.users.apikeys'].with_user(2).sudo()._generate('rpc', 'mailroom', None)); env.cr.commit()\n";

const run = promisify(execFile);

function runOdoo(dir: string, args: readonly string[], password: string, input: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(join(dir, 'odoo'), args, { env: { ...process.env, PGPASSWORD: password } });
    const output: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => output.push(chunk));
    child.on('error', reject);
    child.on('exit', (code) => {
      const text = Buffer.concat(output).toString();
      if (code === 0) resolve(text);
      else reject(new Error(`odoo ${args[0]} ended with ${code}:\n${text.slice(-3000)}`));
    });
    child.stdin.end(input);
  });
}

async function fill(dir: string, work: string, postgresPassword: string): Promise<Template> {
  const cluster = await startCluster({
    databaseDir: join(work, 'cluster'),
    password: postgresPassword,
    create: true,
  });
  try {
    const common = [
      '-d',
      DATABASE,
      '--db_host=127.0.0.1',
      `--db_port=${cluster.port}`,
      `--db_user=${cluster.user}`,
    ];
    common.push(`--data-dir=${join(work, 'data')}`, '--no-http');
    const modules = ['-i', 'base,contacts,crm', '--without-demo', '--stop-after-init'];
    await runOdoo(dir, [...common, ...modules], postgresPassword, '');
    const shell = await runOdoo(dir, ['shell', ...common], postgresPassword, KEY_SCRIPT);
    const apiKey = /APIKEY=([0-9a-f]+)/.exec(shell)?.[1];
    if (apiKey === undefined) throw new Error(`odoo shell made no API key:\n${shell.slice(-3000)}`);
    return { database: DATABASE, postgresPassword, apiKey };
  } finally {
    await cluster.stop();
  }
}

async function main(dir: string): Promise<void> {
  const work = await mkdtemp(join(tmpdir(), 'mailroom-odoo-template-'));
  await chmod(work, 0o711);
  try {
    const template = await fill(dir, work, randomBytes(16).toString('hex'));
    await writeFile(join(work, 'template.json'), JSON.stringify(template), { mode: 0o600 });
    await rm(join(dir, 'template.new'), { recursive: true, force: true });
    await rm(join(dir, 'template'), { recursive: true, force: true });
    await run('cp', ['-a', work, join(dir, 'template.new')]);
    await rename(join(dir, 'template.new'), join(dir, 'template'));
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

const [dir] = process.argv.slice(2);
if (dir === undefined) throw new Error('Usage: build-template.ts DIR');
await main(dir);
