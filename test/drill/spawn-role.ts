import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { PACKAGE_ROOT } from '../../src/package-root.ts';

export interface Role {
  start(): void;
  /** SIGKILL, then started again at once. False: it was not running just then. */
  killAndRestart(): Promise<boolean>;
  stop(): Promise<void>;
}

export interface RoleOptions {
  readonly name: 'worker' | 'server';
  readonly env: NodeJS.ProcessEnv;
  readonly logFile: string;
  /** Folder of a compiled installation to start it from; from the sources without one. */
  readonly installed?: string | undefined;
}

/** A process of ours that a drill kills and starts again. */
export function createRole({ name, env, logFile, installed }: RoleOptions): Role {
  const command =
    installed === undefined ? ['--import', 'tsx/esm', `src/${name}.ts`] : [`dist/src/${name}.js`];
  let child: ChildProcess | undefined;
  let wanted = false;

  function start(): void {
    wanted = true;
    const log = openSync(logFile, 'a');
    const started = spawn(process.execPath, command, {
      cwd: installed ?? PACKAGE_ROOT,
      env,
      stdio: ['ignore', log, log],
    });
    child = started;
    // A process that meets a dead Temporal at its start ends; a service manager would start it again.
    started.once('exit', () => {
      if (wanted && child === started) setTimeout(() => wanted && child === started && start(), 300);
    });
  }

  async function end(signal: NodeJS.Signals): Promise<boolean> {
    const ending = child;
    child = undefined;
    if (ending === undefined || ending.exitCode !== null || ending.signalCode !== null) return false;
    ending.kill(signal);
    await once(ending, 'exit');
    return true;
  }

  // A drill that is interrupted leaves nothing behind.
  process.once('exit', () => child?.kill('SIGKILL'));

  return {
    start,
    async killAndRestart() {
      const wasRunning = await end('SIGKILL');
      start();
      return wasRunning;
    },
    async stop() {
      wanted = false;
      await end('SIGKILL');
    },
  };
}
