import { once as event } from 'node:events';
import { ServiceError } from '../domain/service-error.ts';
import type { EmbeddedServers } from '../embedded/start-embedded.ts';
import type { Context } from '../open-context.ts';
import { type RunningWorker, startWorker } from '../start-worker.ts';
import type { Cleanup } from './create-cleanup.ts';
import { describeSurroundings } from './describe-surroundings.ts';
import { reviveEarlierBatches } from './earlier-batches.ts';
import { countDecided, loadMail, type MailToLoad } from './load-mail.ts';
import { removeRunningFile, writeRunningFile } from './running-file.ts';

export interface Start {
  readonly mail: MailToLoad;
  readonly once: boolean;
  readonly json: boolean;
  /** Fires when the start is to end. */
  readonly signal: AbortSignal;
  readonly cleanup: Cleanup;
  readonly say: (line: string) => void;
}

/** Worker, API (unless once) and the first mail; stays up unless once. */
export async function runMailroom(context: Context, servers: EmbeddedServers, start: Start): Promise<void> {
  const { cleanup, signal, once } = start;
  const decidedBefore = await countDecided(context);
  await reviveEarlierBatches(context);
  const worker = await startWorker({ ...context, pauseSchedule: context.schedules.pause });
  cleanup.add('worker', 4_000, worker.stop);
  signal.throwIfAborted();
  const apiUrl = once ? undefined : await listen(context, start);
  await writeRunningFile(context.home, {
    pid: process.pid,
    databaseUrl: servers.databaseUrl,
    temporalAddress: servers.temporalAddress,
    temporalUiUrl: servers.temporalUiUrl,
    apiUrl,
  });
  cleanup.add('running.json', 1_000, () => removeRunningFile(context.home));
  const ended = watch(worker, signal);
  await Promise.race([loadMail(context, start, decidedBefore), ended]);
  start.say(describeSurroundings(context.config, apiUrl, servers.temporalUiUrl));
  if (!once) await ended;
}

async function listen(context: Context, { cleanup, signal }: Start): Promise<string> {
  const { startServer } = await import('../start-server.ts');
  const app = await startServer(context);
  cleanup.add('API', 1_500, () => app.close());
  signal.throwIfAborted();
  const { host, port } = context.config.http;
  const shown = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${shown.includes(':') && !shown.startsWith('[') ? `[${shown}]` : shown}:${port}`;
}

/** Rejects when the worker ends by itself, and when the start is to end. */
async function watch(worker: RunningWorker, signal: AbortSignal): Promise<never> {
  const cause = await Promise.race([
    worker.finished.catch((error: unknown) => error),
    event(signal, 'abort').then(() => undefined),
  ]);
  signal.throwIfAborted();
  const why = cause instanceof Error ? `: ${cause.message}` : '';
  throw new ServiceError('Unavailable', `The worker ended by itself${why}`, {
    fix: 'Check that Temporal answers, then start again; nothing is lost.',
    cause,
  });
}
