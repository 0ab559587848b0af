import type { Problem } from '../../../schemas/problem.ts';
import { ApiError } from './api-error.ts';

/** Any error as something that can be shown: a title, what happened, what to do. */
export function toProblem(error: unknown): Problem {
  if (error instanceof ApiError) return error.problem;
  return {
    type: 'about:blank',
    title: 'The page met an unexpected error',
    status: 0,
    detail: error instanceof Error ? error.message : String(error),
    fix: 'Load the page again. If it comes back, report it with what you did.',
  };
}
