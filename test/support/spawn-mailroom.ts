import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readlinkSync } from 'node:fs';
import { expect, inject, vi } from 'vitest';
import { PACKAGE_ROOT } from '../../src/package-root.ts';

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

type Environment = Readonly<Record<string, string>>;

const spawned = new Set<ChildProcess>();

/** `npm start -- …` as a user types it, from the sources; silent, so that it says only what our program says. */
export function npmStart(args: readonly string[], env: Environment): Spawned {
  return spawnOurs('npm', ['start', '--silent', '--', ...args], { cwd: PACKAGE_ROOT, env });
}

/** `npm run mailroom -- …` as a user types it, from the sources. */
export function npmMailroom(args: readonly string[], env: Environment): Promise<Ended> {
  return spawnOurs('npm', ['run', '--silent', 'mailroom', '--', ...args], { cwd: PACKAGE_ROOT, env }).ended;
}

/** `npm start -- …` without npm and compiled; call `getInstalled` before. */
export function spawnStart(args: readonly string[], env: Environment): Spawned {
  return spawnOurs(process.execPath, ['dist/src/cli/start.js', ...args], { cwd: inject('installed'), env });
}

/** `npm run mailroom -- …` without npm and compiled; call `getInstalled` before. */
export function runCommand(args: readonly string[], env: Environment): Promise<Ended> {
  const command = ['dist/src/cli/main.js', ...args];
  return spawnOurs(process.execPath, command, { cwd: inject('installed'), env }).ended;
}

function spawnOurs(
  program: string,
  args: readonly string[],
  { cwd, env }: { readonly cwd: string; readonly env: Environment },
): Spawned {
  const { PATH = '', HOME = '', TMPDIR } = process.env;
  const child = spawn(program, args, {
    cwd,
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

/** Waits a little: the guardian of a server that has ended may leave its last `sleep 0.1` behind. */
export function untilNoneRun(folder: string): Promise<void> {
  return vi.waitFor(() => expect(findProcessesOf(folder)).toEqual([]), { timeout: 30_000, interval: 100 });
}

/** Command lines of all processes that name the folder or work in it. */
function findProcessesOf(folder: string): string[] {
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
