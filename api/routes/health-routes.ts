import type { ApiServer } from '../api-server.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { createHealth } from '../health/create-health.ts';
import { Health, Liveness, Readiness } from '../schemas/health.ts';

/** Health for people, load balancers and Kubernetes; without a key. */
export function healthRoutes(app: ApiServer, deps: Pick<ApiDependencies, 'health'>): void {
  const readHealth = createHealth(deps.health);
  const shared = { tags: ['operation'], security: [] };

  app.get(
    '/health',
    {
      schema: {
        ...shared,
        summary: 'Every component with its latency',
        response: { 200: Health, 503: Health },
      },
    },
    async (_request, reply) => {
      const health = await readHealth();
      return reply.code(health.status === 'unhealthy' ? 503 : 200).send(health);
    },
  );

  app.get(
    '/health/live',
    { schema: { ...shared, summary: 'The process answers', response: { 200: Liveness } } },
    async () => ({ status: 'alive' as const }),
  );

  app.get(
    '/health/ready',
    {
      schema: {
        ...shared,
        summary: 'Everything required is there',
        response: { 200: Readiness, 503: Readiness },
      },
    },
    async (_request, reply) => {
      const { components } = await readHealth();
      const waitingFor = components
        .filter((component) => component.required && component.status === 'down')
        .map((component) => component.name);
      const ready = waitingFor.length === 0;
      return reply.code(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not-ready', waitingFor });
    },
  );
}
