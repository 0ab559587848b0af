import { statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { ServiceError } from '../domain/service-error.ts';
import { readLogTail } from './read-log-tail.ts';
import type { RunningServer } from './running-server.ts';
import { type GuardedCommand, spawnGuarded } from './spawn-guarded.ts';

export interface Launch {
  /** Name for errors. */
  readonly name: string;
  /** Chooses the ports anew for each attempt; throws when one that was asked for is taken. */
  readonly choosePorts: () => Promise<readonly number[]>;
  readonly guarded: (ports: readonly number[]) => GuardedCommand;
  readonly isReady: (ports: readonly number[], pid: number) => Promise<boolean>;
  readonly readyWithinMs: number;
  /** Turns the last lines of the log into a better error; undefined for the general one. */
  readonly explain?: (lastLines: string) => ServiceError | undefined;
}

const ATTEMPTS = 3;
const POLL_MS = 15;

/**
 * Starts a server and waits until it answers; tries other ports when one was taken between the look and the start.
 * @throws ServiceError `Unavailable` with the last lines of its log, or what `explain` and `choosePorts` make.
 */
export async function launchServer(
  launch: Launch,
): Promise<RunningServer & { readonly ports: readonly number[] }> {
  for (let attempt = 1; ; attempt++) {
    const ports = await launch.choosePorts();
    const guarded = launch.guarded(ports);
    const logStart = statSync(guarded.logFile, { throwIfNoEntry: false })?.size ?? 0;
    const server = await spawnGuarded(guarded);
    const outcome = await waitUntilReady(launch, server, ports);
    if (outcome === 'ready') return { ...server, ports };
    await server.stop();
    const lastLines = await readLogTail(guarded.logFile, logStart);
    const lostRace = /address already in use|could not bind/i.test(lastLines);
    if (lostRace && attempt < ATTEMPTS) continue;
    throw launch.explain?.(lastLines) ?? toError(launch, outcome, lastLines, guarded.logFile);
  }
}

type Outcome = 'ready' | 'died' | 'slow';

async function waitUntilReady(
  launch: Launch,
  server: RunningServer,
  ports: readonly number[],
): Promise<Outcome> {
  const until = Date.now() + launch.readyWithinMs;
  const state = { died: false };
  void server.exited.then(() => {
    state.died = true;
  });
  while (Date.now() < until) {
    if (await launch.isReady(ports, server.pid)) return 'ready';
    if (state.died) return 'died';
    await sleep(POLL_MS);
  }
  return 'slow';
}

function toError(launch: Launch, outcome: Outcome, lastLines: string, logFile: string): ServiceError {
  const what =
    outcome === 'died' ? 'ended while it started' : `did not answer within ${launch.readyWithinMs / 1000} s`;
  return new ServiceError('Unavailable', `${launch.name} ${what}: ${lastLines || 'its log is empty'}`, {
    fix: `The whole log is in ${logFile}`,
  });
}
