import { randomUUID } from 'node:crypto';
import Fastify, { LogController } from 'fastify';
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import type { ApiServer } from './api-server.ts';
import type { ApiDependencies } from './dependencies.ts';
import type { CountWebhook } from './metrics/add-webhook-counter.ts';
import { createMetrics } from './metrics/create-metrics.ts';
import { purgeReceipts } from './plugins/purge-receipts.ts';
import { registerAuthentication } from './plugins/register-authentication.ts';
import { registerDashboard } from './plugins/register-dashboard.ts';
import { registerErrorHandler } from './plugins/register-error-handler.ts';
import { registerLoopbackGuard } from './plugins/register-loopback-guard.ts';
import { registerMetrics } from './plugins/register-metrics.ts';
import { registerOpenApi } from './plugins/register-open-api.ts';
import { registerRequestLog } from './plugins/register-request-log.ts';
import { registerSecurityHeaders } from './plugins/register-security-headers.ts';
import { registerUnknownRoutes } from './plugins/register-unknown-routes.ts';
import { sendProblem } from './plugins/send-problem.ts';
import { toProblem } from './plugins/to-problem.ts';
import { accountRoutes } from './routes/account-routes.ts';
import { auditRoutes } from './routes/audit-routes.ts';
import { batchControlRoutes } from './routes/batch-control-routes.ts';
import { batchRoutes } from './routes/batch-routes.ts';
import { draftRoutes } from './routes/draft-routes.ts';
import { healthRoutes } from './routes/health-routes.ts';
import { messageControlRoutes } from './routes/message-control-routes.ts';
import { messageReadRoutes } from './routes/message-read-routes.ts';
import { messageSourceRoutes } from './routes/message-source-routes.ts';
import { oauthCallbackRoute, oauthStartRoutes } from './routes/oauth-routes.ts';
import { overviewRoutes } from './routes/overview-routes.ts';
import { quarantineRoutes } from './routes/quarantine-routes.ts';
import { taxonomyRoutes } from './routes/taxonomy-routes.ts';
import { webhookGmailRoutes } from './routes/webhook-gmail-routes.ts';
import { webhookGraphRoutes } from './routes/webhook-graph-routes.ts';

/** The HTTP server, ready and not listening. Closing it leaves the dependencies open. */
export async function buildApp(deps: ApiDependencies): Promise<ApiServer> {
  const app: ApiServer = Fastify({
    loggerInstance: deps.logger,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    requestTimeout: 120_000,
    frameworkErrors: (error, request, reply) => {
      sendProblem(reply, toProblem(error, request.id));
    },
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.removeContentTypeParser('text/plain');

  registerErrorHandler(app);
  registerSecurityHeaders(app);
  registerRequestLog(app);
  if (deps.config.apiKey === undefined) registerLoopbackGuard(app, deps.config.publicUrl);
  await registerOpenApi(app);
  const metrics = createMetrics(deps);
  registerMetrics(app, metrics);
  healthRoutes(app, deps);
  await app.register(async (hooks) => registerWebhooks(hooks as ApiServer, deps, metrics.countWebhook), {
    prefix: '/webhooks',
  });
  oauthCallbackRoute(app, deps);
  await app.register(async (api) => registerApi(api as ApiServer, deps), { prefix: '/api' });
  await registerDashboard(app, deps.config.webRoot);
  await app.ready();
  return app;
}

/** What providers call: no key, each route checks who calls. */
function registerWebhooks(hooks: ApiServer, deps: ApiDependencies, count: CountWebhook): void {
  purgeReceipts(hooks, deps);
  webhookGmailRoutes(hooks, deps, count);
  webhookGraphRoutes(hooks, deps, count);
}

function registerApi(api: ApiServer, deps: ApiDependencies): void {
  registerAuthentication(api, deps.config.apiKey);
  registerUnknownRoutes(api);
  batchRoutes(api, deps);
  batchControlRoutes(api, deps);
  messageReadRoutes(api, deps);
  messageSourceRoutes(api, deps);
  messageControlRoutes(api, deps);
  accountRoutes(api, deps);
  auditRoutes(api, deps);
  oauthStartRoutes(api, deps);
  taxonomyRoutes(api, deps);
  quarantineRoutes(api, deps);
  draftRoutes(api, deps);
  overviewRoutes(api, deps);
}
