import { readFile, rm } from 'node:fs/promises';
import { identifyProcess } from './identify-process.ts';
import { stopProcess } from './stop-process.ts';

export interface Leftover {
  /** A file whose first line is the pid of the server. */
  readonly pidFile: string;
  /** Whether the process with that pid, as `identifyProcess` tells, is the server; `lines` are those of the pid file. */
  readonly isOurs: (identity: string, lines: readonly string[]) => boolean;
  readonly signal: NodeJS.Signals;
  readonly graceMs: number;
}

/**
 * Stops the server that a killed earlier start left behind, and removes a pid file whose pid now belongs to somebody
 * else (in containers low pids come again; Postgres would refuse to start). Call it only under the lock of the home.
 * @returns the pid that was stopped, if any.
 */
export async function stopLeftover(leftover: Leftover): Promise<number | undefined> {
  const { pidFile, isOurs, signal, graceMs } = leftover;
  const lines = (await readFile(pidFile, 'utf8').catch(() => '')).split('\n');
  const pid = Number.parseInt(lines[0] ?? '', 10);
  const identity = pid > 1 ? identifyProcess(pid) : undefined;
  if (identity === undefined) return undefined;
  if (isOurs(identity, lines)) {
    await stopProcess(pid, signal, graceMs);
    return pid;
  }
  await rm(pidFile, { force: true });
  return undefined;
}
