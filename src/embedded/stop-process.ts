import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive } from './is-alive.ts';

const POLL_MS = 25;

/** Sends `signal`, then SIGKILL after `graceMs`; resolves when the process is gone, at once when it was not there. */
export async function stopProcess(pid: number, signal: NodeJS.Signals, graceMs: number): Promise<void> {
  if (!isAlive(pid)) return;
  send(pid, signal);
  const killAt = Date.now() + graceMs;
  let killed = false;
  while (isAlive(pid)) {
    if (!killed && Date.now() > killAt) {
      send(pid, 'SIGKILL');
      killed = true;
    }
    if (Date.now() > killAt + graceMs) return;
    await sleep(POLL_MS);
  }
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    // It may have gone between the look and the signal; then there is nothing left to do.
    if (isAlive(pid)) throw error;
  }
}
