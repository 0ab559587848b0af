import { resolve } from 'node:path';
import { destination } from 'pino';
import { type Config, loadConfig } from '../config.ts';
import { ServiceError } from '../domain/service-error.ts';
import { installRuntime } from '../install-runtime.ts';
import { createLogger } from '../logger.ts';
import { type Addresses, type Context, findAddresses, openContext } from '../open-context.ts';
import { findRunning } from './running-file.ts';
import { withLogLevel } from './with-log-level.ts';

/** Standard output holds a command's answer and nothing else. */
export const STDERR = destination({ fd: 2, sync: true });

/** Connects a command to the servers that the environment names, or to those of a running `npm start`. */
export async function openCliContext(): Promise<Context> {
  const config = withLogLevel(loadConfig(process.env), 'silent', process.env);
  const logger = createLogger(config, STDERR);
  installRuntime(logger);
  return openContext(config, logger, await chooseAddresses(config));
}

async function chooseAddresses(config: Config): Promise<Addresses> {
  const running = await findRunning(resolve(config.home));
  const databaseUrl = config.database.url ?? running?.databaseUrl;
  const temporalAddress = config.temporal.address ?? running?.temporalAddress;
  if (databaseUrl !== undefined && temporalAddress !== undefined) return { databaseUrl, temporalAddress };
  if (config.database.url !== undefined || config.temporal.address !== undefined)
    return findAddresses(config);
  throw new ServiceError('Unavailable', `No Mailroom runs in ${resolve(config.home)}`, {
    fix: 'Start it with `npm start`, or set DATABASE_URL and TEMPORAL_ADDRESS (MAILROOM_HOME names another home).',
  });
}
