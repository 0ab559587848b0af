import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { ServiceError } from '../domain/service-error.ts';
import { GUARDIAN_SCRIPT } from './guardian-script.ts';
import { openLog } from './open-log.ts';
import type { RunningServer } from './running-server.ts';
import { stopProcess } from './stop-process.ts';

export interface GuardedCommand {
  /** The server and its arguments. */
  readonly command: readonly string[];
  readonly cwd: string;
  /** Receives stdout and stderr of the server. */
  readonly logFile: string;
  /** What asks the server to stop: Postgres wants INT ("fast"), most others TERM. */
  readonly stopSignal: 'INT' | 'TERM';
  readonly graceSeconds: number;
  /** User to run as; only for a root parent. */
  readonly user?: { readonly uid: number; readonly gid: number } | undefined;
}

/**
 * Starts a server under a guardian shell in a process group of its own, so that the terminal's Ctrl-C does not reach
 * it before us, and so that it goes when our process is killed.
 * @throws ServiceError `Unavailable` when the guardian cannot be started.
 */
export async function spawnGuarded(options: GuardedCommand): Promise<RunningServer> {
  const { command, cwd, stopSignal, graceSeconds, user } = options;
  const log = openLog(options.logFile);
  const args = ['-c', GUARDIAN_SCRIPT, 'mailroom-guardian', stopSignal, String(graceSeconds), ...command];
  const guardian = spawn('/bin/sh', args, {
    cwd,
    detached: true,
    stdio: ['pipe', log, log, 'pipe'],
    ...user,
  });
  closeSync(log);
  const spawned = once(guardian, 'spawn').catch((cause: unknown) => {
    throw new ServiceError('Unavailable', `Could not start the guardian of ${command.join(' ')}`, { cause });
  });
  const exited = new Promise<number | null>((resolve) => guardian.once('exit', resolve));
  await spawned;
  const pid = await readPid(guardian, command.join(' '));
  return {
    pid,
    exited,
    stop: async () => {
      // The end of its input is the guardian's order to stop the server; see GUARDIAN_SCRIPT.
      guardian.stdin?.destroy();
      await exited;
      // Somebody may have killed the guardian alone.
      await stopProcess(pid, `SIG${stopSignal}`, graceSeconds * 1000);
    },
  };
}

async function readPid(guardian: ChildProcess, name: string): Promise<number> {
  const pipe = guardian.stdio[3];
  // A guardian that dies first makes writes fail; its exit tells the story.
  guardian.stdin?.on('error', () => undefined);
  const pid = pipe && 'read' in pipe ? Number.parseInt(await text(pipe), 10) : Number.NaN;
  if (Number.isInteger(pid)) return pid;
  throw new ServiceError('Unavailable', `The guardian of ${name} ended before it started the server`);
}
