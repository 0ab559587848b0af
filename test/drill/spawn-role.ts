import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');

export interface Role {
  start(): void;
  /** SIGKILL, then started again at once. */
  killAndRestart(): Promise<void>;
  stop(): Promise<void>;
}

/** A process of ours (`src/worker.ts`, `src/server.ts`) that a drill kills and starts again. */
export function createRole(entry: string, env: NodeJS.ProcessEnv, logFile: string): Role {
  let child: ChildProcess | undefined;
  let wanted = false;

  function start(): void {
    wanted = true;
    const log = openSync(logFile, 'a');
    const started = spawn(process.execPath, ['--import', 'tsx/esm', entry], {
      cwd: ROOT,
      env,
      stdio: ['ignore', log, log],
    });
    child = started;
    // A process that meets a dead Temporal at its start ends; a service manager would start it again.
    started.once('exit', () => {
      if (wanted && child === started) setTimeout(() => wanted && child === started && start(), 300);
    });
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    const ending = child;
    child = undefined;
    if (ending === undefined || ending.exitCode !== null || ending.signalCode !== null) return;
    ending.kill(signal);
    await once(ending, 'exit');
  }

  return {
    start,
    async killAndRestart() {
      await end('SIGKILL');
      start();
    },
    async stop() {
      wanted = false;
      await end('SIGKILL');
    },
  };
}
