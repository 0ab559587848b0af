import { ApplicationFailure, type Logger } from '@temporalio/common';
import { MockActivityEnvironment } from '@temporalio/testing';
import { createActivities } from '../../../activities/create-activities.ts';
import type { ActivityDependencies } from '../../../activities/dependencies.ts';
import type { Activities, ActivityName } from '../../../src/contract/activities.ts';

export interface RunOptions {
  readonly attempt?: number;
  readonly heartbeatTimeoutMs?: number;
  readonly runId?: string;
  /** How long it stood in its queue. */
  readonly queuedMs?: number;
  /** Given the environment before the activity runs, to cancel it or to watch its heartbeats. */
  readonly watch?: (environment: MockActivityEnvironment) => void;
  /** Gets every log line with its fields. */
  readonly logged?: string[];
}

/** Runs an activity as the worker does: within a context, wrapped as on its queue. */
export function runActivity<N extends ActivityName>(
  deps: ActivityDependencies,
  name: N,
  request: Parameters<Activities[N]>[0],
  options: RunOptions = {},
): ReturnType<Activities[N]> {
  const byQueue = createActivities(deps);
  const all = Object.assign({}, ...Object.values(byQueue)) as Activities;
  const { attempt = 1, heartbeatTimeoutMs, runId = 'run', queuedMs = 0, logged = [] } = options;
  const workflowExecution = { workflowId: 'message', runId };
  const environment = new MockActivityEnvironment(
    {
      ...{ attempt, workflowExecution, scheduledTimestampMs: deps.now().getTime() - queuedMs },
      ...(heartbeatTimeoutMs === undefined ? {} : { heartbeatTimeoutMs }),
    },
    { logger: createLogger(logged) },
  );
  options.watch?.(environment);
  const run = all[name] as (asked: typeof request) => ReturnType<Activities[N]>;
  return environment.run(run, request) as unknown as ReturnType<Activities[N]>;
}

/** The failure that Temporal gets; anything else fails the test. */
export async function failureOf(work: Promise<unknown>): Promise<ApplicationFailure> {
  const error: unknown = await work.then(
    () => new Error('It did not fail'),
    (reason: unknown) => reason,
  );
  if (error instanceof ApplicationFailure) return error;
  throw error;
}

function createLogger(logged: string[]): Logger {
  const write = (level: string) => (message: string, meta?: unknown) => {
    logged.push(`${level} ${message} ${JSON.stringify(meta)}`);
  };
  return {
    log: (level, message, meta) => write(level)(message, meta),
    trace: write('TRACE'),
    debug: write('DEBUG'),
    info: write('INFO'),
    warn: write('WARN'),
    error: write('ERROR'),
  };
}
