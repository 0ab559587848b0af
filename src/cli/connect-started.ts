import { migrate } from '../../db/migrate.ts';
import { toServiceError } from '../../db/to-service-error.ts';
import type { Config } from '../config.ts';
import { installRuntime } from '../install-runtime.ts';
import { createLogger } from '../logger.ts';
import { type Addresses, type Context, openContext } from '../open-context.ts';
import { applyNamespace, applyTemporal } from '../temporal/apply-temporal.ts';
import { STDERR } from './open-cli-context.ts';
import { toRequest } from './temporal-command.ts';

/** Brings the database and the namespace of a start to what this code needs, and connects to both. */
export async function connectStarted(config: Config, addresses: Addresses): Promise<Context> {
  const logger = createLogger(config, STDERR);
  installRuntime(logger);
  await migrate(addresses.databaseUrl).catch((error: unknown) => {
    throw toServiceError(error);
  });
  const context = await openContext(config, logger, addresses);
  await applyNamespace(context.connection, context.namespace, context.temporal);
  await applyTemporal(await toRequest(context));
  return context;
}
