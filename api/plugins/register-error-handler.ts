import { ServiceError } from '../../src/domain/service-error.ts';
import type { ApiServer } from '../api-server.ts';
import { sendProblem } from './send-problem.ts';
import { toProblem } from './to-problem.ts';

/** The one place that turns errors into HTTP. Bugs are logged with their cause, refusals are not. */
export function registerErrorHandler(app: ApiServer): void {
  app.setErrorHandler((error, request, reply) => {
    const problem = toProblem(error, request.id);
    if (problem.status >= 500) {
      request.log.error(
        { err: error, failure: problem.type, route: request.routeOptions.url },
        'request failed',
      );
    }
    if (problem.status === 503) {
      const waitMs = error instanceof ServiceError ? (error.retryAfterMs ?? 5_000) : 5_000;
      reply.header('retry-after', Math.max(1, Math.ceil(waitMs / 1_000)));
    }
    return sendProblem(reply, problem);
  });
}
