import type { Problem } from '../../../schemas/problem.ts';

/** What the API said went wrong, or what we make of it when it said nothing readable. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }
}
