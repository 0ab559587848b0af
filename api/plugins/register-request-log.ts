import type { ApiServer } from '../api-server.ts';

/** One line for each request. The route's pattern instead of its address: searches are nobody else's business. */
export function registerRequestLog(app: ApiServer): void {
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unmatched';
    const quiet = route === '/metrics' || route.startsWith('/health');
    const facts = {
      method: request.method,
      route,
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
    };
    if (quiet) request.log.debug(facts, 'request served');
    else request.log.info(facts, 'request served');
  });
}
