import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { buildApp } from '../api/app.ts';
import { createHealthChecks } from './create-health-checks.ts';
import { ServiceError } from './domain/service-error.ts';
import { toRawMessage } from './mail/files/to-raw-message.ts';
import type { Context } from './open-context.ts';
import { PACKAGE_ROOT } from './package-root.ts';

const MAX_BODY_BYTES = 32 * 1024 * 1024;

/** Starts the API and the web page. Throws InvalidInput when the port is taken. */
export async function startServer(context: Context): Promise<FastifyInstance> {
  const { config } = context;
  const { host, port, apiKey, importRoots } = config.http;
  const app = await buildApp({
    ...context.stores,
    controls: context.controls,
    schedules: context.schedules,
    sealer: context.sealer,
    toRaw: toRawMessage,
    health: createHealthChecks(context),
    logger: context.logger,
    config: {
      host,
      port,
      apiKey,
      importRoots,
      temporalUiUrl: config.temporal.uiUrl,
      namespace: context.namespace,
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

/** Why a server of ours cannot listen, with what to set instead. */
export function toListenError(cause: unknown, host: string, port: number): unknown {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (code === 'EADDRINUSE') return portTaken(port, cause);
  if (code === 'EACCES') {
    return new ServiceError('InvalidInput', `Port ${port} (API) is only for privileged users`, {
      fix: 'Set PORT to a number from 1024 to 65535.',
      cause,
    });
  }
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return new ServiceError('InvalidInput', `This machine has no address ${host} to listen on (${code})`, {
      fix: 'Set HOST=127.0.0.1, or 0.0.0.0 for every interface.',
      cause,
    });
  }
  return cause;
}

function portTaken(port: number, cause?: unknown): ServiceError {
  return new ServiceError('InvalidInput', `Port ${port} (API) is taken`, {
    fix: `Stop what listens there, or choose another: PORT=${port === 65_535 ? 3000 : port + 1} npm start`,
    cause,
  });
}
