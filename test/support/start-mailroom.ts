import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { inject } from 'vitest';
import { loadConfig } from '../../src/config.ts';
import { installRuntime } from '../../src/install-runtime.ts';
import { createLogger } from '../../src/logger.ts';
import { type Context, openContext } from '../../src/open-context.ts';
import { startServer } from '../../src/start-server.ts';
import { startWorker } from '../../src/start-worker.ts';
import { applyNamespace } from '../../src/temporal/apply-temporal.ts';
import type { TemporalConfig } from '../../src/temporal-config.ts';
import { BUNDLE_CACHE } from './bundle-cache.ts';
import { createTestDatabase } from './test-database.ts';

export interface TestMailroom {
  readonly context: Context;
  readonly app: FastifyInstance;
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  readonly folder: string;
  stop(): Promise<void>;
}

/** What another start of the same room is made of. */
export interface RoomParts {
  /** Stands in for that of the database: a proxy in front of it. */
  readonly toDatabaseUrl?: (url: string) => Promise<string>;
  readonly toTemporal?: (config: TemporalConfig) => TemporalConfig;
  readonly startWorker?: typeof startWorker;
}

/** A whole mail room in this process: a database and a namespace of its own, worker and API on a free port. */
export async function startTestMailroom(
  env: Readonly<Record<string, string>> = {},
  parts: RoomParts = {},
): Promise<TestMailroom> {
  const folder = await mkdtemp(join(tmpdir(), 'mailroom-room-'));
  const database = await createTestDatabase();
  const config = loadConfig({
    MAILROOM_HOME: join(folder, 'home'),
    TEMPORAL_NAMESPACE: `room-${randomBytes(4).toString('hex')}`,
    LOG_LEVEL: 'error',
    ...env,
  });
  const logger = createLogger(config);
  installRuntime(logger);
  const opened = await openContext({ ...config, http: { ...config.http, port: 0 } }, logger, {
    databaseUrl: (await parts.toDatabaseUrl?.(database.url)) ?? database.url,
    temporalAddress: inject('temporalAddress'),
  });
  const temporal = parts.toTemporal?.(opened.temporal) ?? opened.temporal;
  const context = { ...opened, temporal, cacheFolder: BUNDLE_CACHE };
  await applyNamespace(context.connection, context.namespace, context.temporal);
  const worker = await (parts.startWorker ?? startWorker)({
    ...context,
    pauseSchedule: context.schedules.pause,
  });
  const app = await startServer(context);
  const { port } = app.server.address() as AddressInfo;
  return {
    context,
    app,
    url: `http://127.0.0.1:${port}`,
    folder,
    async stop() {
      await app.close();
      await worker.stop();
      await context.close();
      await database.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
