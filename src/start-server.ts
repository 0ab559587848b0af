import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { buildApp } from '../api/app.ts';
import { createAccountTester } from './create-account-tester.ts';
import { createCorrectionRecorder } from './create-correction-recorder.ts';
import { createHealthChecks } from './create-health-checks.ts';
import { createUnsubscribe } from './create-unsubscribe.ts';
import { toRawMessage } from './mail/files/to-raw-message.ts';
import { createPushVerifier } from './mail/gmail/create-push-verifier.ts';
import type { Context } from './open-context.ts';
import { openSignIns } from './open-sign-ins.ts';
import { PACKAGE_ROOT } from './package-root.ts';
import { listNextRuns } from './temporal/list-next-runs.ts';
import { toListenError } from './to-listen-error.ts';

const MAX_BODY_BYTES = 32 * 1024 * 1024;

/** Starts the API and the web page. Throws InvalidInput when the port is taken. */
export async function startServer(context: Context): Promise<FastifyInstance> {
  const { config } = context;
  const { host, port, apiKey, importRoots, publicUrl } = config.http;
  // A faulty file stops the start, not the first request.
  context.taxonomies.house();
  const app = await buildApp({
    ...context.stores,
    controls: context.controls,
    schedules: context.schedules,
    sealer: context.sealer,
    testAccount: createAccountTester(context),
    verifyGmailPush: config.gmailPush && (await createPushVerifier(config.gmailPush)),
    signIns: openSignIns({ ...context, http: context.config.http }),
    unsubscribe: createUnsubscribe(context),
    listNextRuns: () => listNextRuns(context.client),
    countAnswers: context.answers.counts,
    toRaw: toRawMessage,
    taxonomies: context.taxonomies,
    recordCorrection: createCorrectionRecorder(context.stores, context.sealer, context.embedder),
    health: createHealthChecks(context),
    logger: context.logger,
    config: {
      host,
      port,
      apiKey,
      importRoots,
      publicUrl,
      temporalUiUrl: config.temporal.uiUrl,
      namespace: context.namespace,
      modelTokensPerDay: config.model.tokensPerDay,
      webRoot: join(PACKAGE_ROOT, 'api/web/dist'),
      limits: { batchConcurrency: config.limits.batchConcurrency, maxBodyBytes: MAX_BODY_BYTES },
    },
  });
  try {
    await app.listen({ host, port });
  } catch (cause) {
    await app.close();
    throw toListenError(cause, host, port);
  }
  return app;
}
