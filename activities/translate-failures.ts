import { Context, log } from '@temporalio/activity';
import { ServiceError } from '../src/domain/service-error.ts';
import { framesOf, toActivityFailure } from './failure.ts';

type Functions = Record<string, (...args: never[]) => Promise<unknown>>;

/** Wraps activities so that they fail with types of the failure table only; bugs are logged once, here. */
export function translateFailures<A extends object>(activities: A): A {
  const entries = Object.entries(activities as Functions).map(([name, run]) => [name, translate(run)]);
  return Object.fromEntries(entries) as A;
}

function translate<A extends never[], R>(run: (...args: A) => Promise<R>): (...args: A) => Promise<R> {
  return async (...args) => {
    try {
      return await run(...args);
    } catch (error) {
      const { attempt } = Context.current().info;
      const failure = toActivityFailure(error, attempt);
      if (error instanceof ServiceError && error.type === 'Internal') {
        log.error('Activity met an unexpected fault', {
          details: error.details,
          cause: describe(error.cause),
        });
      } else if (!(error instanceof ServiceError) && failure !== error) {
        log.error('Activity met a bug', { error: describe(error) });
      }
      throw failure;
    }
  };
}

/** Name and frames; the message of an unknown error may hold content. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  return [error.name, ...framesOf(error).slice(0, 6)].join('\n');
}
