import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '../..');

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Spawned {
  readonly child: ChildProcess;
  stdout(): string;
  stderr(): string;
  readonly ended: Promise<Ended>;
}

const spawned = new Set<ChildProcess>();

/** `npm start -- …` without npm. */
export function spawnStart(args: readonly string[], env: Readonly<Record<string, string>>): Spawned {
  return spawnOurs('src/cli/start.ts', args, env);
}

/** `npm run mailroom -- …` without npm. */
export function runCommand(args: readonly string[], env: Readonly<Record<string, string>>): Promise<Ended> {
  return spawnOurs('src/cli/main.ts', args, env).ended;
}

export function spawnOurs(
  entry: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Spawned {
  const { PATH = '', HOME = '', TMPDIR } = process.env;
  const child = spawn(process.execPath, ['--import', 'tsx/esm', entry, ...args], {
    cwd: ROOT,
    env: { PATH, HOME, ...(TMPDIR === undefined ? {} : { TMPDIR }), ...UNSET, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  spawned.add(child);
  const out = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (chunk: string) => {
      out[name] += chunk;
    });
  }
  const ended = once(child, 'close').then(([code]: (number | null)[]) => {
    spawned.delete(child);
    return { code: code ?? null, ...out };
  });
  return { child, stdout: () => out.stdout, stderr: () => out.stderr, ended };
}

/** A `.env` of the developer does not reach these processes: what is set, even to nothing, stays. */
const UNSET = Object.fromEntries(
  [
    'DATABASE_URL',
    'TEMPORAL_ADDRESS',
    'TEMPORAL_NAMESPACE',
    'ODOO_URL',
    'SMTP_HOST',
    'ANTHROPIC_API_KEY',
  ].map((name) => [name, '']),
);

export function killSpawned(): void {
  for (const child of spawned) child.kill('SIGKILL');
}

/** Command lines of all processes that name the folder or work in it. */
export function findProcessesOf(folder: string): string[] {
  const table = execFileSync('ps', ['-ww', '-e', '-o', 'pid=,args='], { encoding: 'utf8' }).trim();
  const within = new Set(process.platform === 'linux' ? listWorkingIn(folder) : []);
  return table.split('\n').filter((row) => row.includes(folder) || within.has(Number.parseInt(row, 10)));
}

function listWorkingIn(folder: string): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && workingFolder(pid).startsWith(folder));
}

function workingFolder(pid: number): string {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    // It has ended since the folder was listed.
    return '';
  }
}
