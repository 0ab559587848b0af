import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import { ServiceError } from '../domain/service-error.ts';
import type { Addresses } from '../open-context.ts';
import { loadTemporalConfig } from '../temporal-config.ts';
import { findTemporal } from './find-temporal.ts';
import type { RunningServer } from './running-server.ts';
import { startPostgres } from './start-postgres.ts';
import { startTemporal } from './start-temporal.ts';

export interface EmbeddedServers extends Addresses {
  /** Base of links into the Temporal Web UI; undefined when the server is not ours and none is configured. */
  readonly temporalUiUrl: string | undefined;
  /** Resolves with the name of the first server of ours that ends by itself. */
  readonly failed: Promise<string>;
  stop(): Promise<void>;
}

/** Starts what the configuration does not name: PostgreSQL and Temporal, both with their data below `home`. */
export async function startEmbedded(
  config: Config,
  home: string,
  path: string | undefined,
  say: (line: string) => void,
): Promise<EmbeddedServers> {
  await assertPair(config, home);
  const started: { name: string; server: RunningServer }[] = [];
  const keep = <S extends RunningServer>(name: string, server: S): S => {
    started.push({ name, server });
    return server;
  };
  const stop = async () => {
    await Promise.all(started.map(({ server }) => server.stop()));
  };
  const results = await Promise.allSettled([
    config.database.url ??
      startPostgres({
        dataDir: join(home, 'postgres'),
        port: config.database.embeddedPort,
        durable: true,
        say,
      }).then((server) => keep('PostgreSQL', server).url),
    config.temporal.address === undefined
      ? startOwnTemporal(config, home, path, say).then((server) => keep('Temporal', server))
      : { address: config.temporal.address, uiUrl: undefined },
  ]);
  const [database, temporal] = results;
  if (database.status === 'rejected' || temporal.status === 'rejected') {
    await stop();
    throw results.find((result) => result.status === 'rejected')?.reason;
  }
  return {
    databaseUrl: database.value,
    temporalAddress: temporal.value.address,
    temporalUiUrl: config.temporal.uiUrl ?? temporal.value.uiUrl,
    failed: Promise.race(started.map(({ name, server }) => server.exited.then(() => name))),
    stop,
  };
}

/** Runs of a database that is gone wait for drafts and batches that no longer exist, and hold up new mail. */
async function assertPair(config: Config, home: string): Promise<void> {
  if (config.database.url !== undefined || config.temporal.address !== undefined) return;
  const isThere = (path: string) =>
    access(path).then(
      () => true,
      () => false,
    );
  if (!(await isThere(join(home, 'temporal', 'temporal.db')))) return;
  if (await isThere(join(home, 'postgres', 'cluster'))) return;
  throw new ServiceError(
    'Conflict',
    `${home} holds the runs of Temporal and not the database that belongs to them`,
    {
      fix: `Put ${join(home, 'postgres')} back, or start empty: remove ${join(home, 'temporal')} too.`,
    },
  );
}

async function startOwnTemporal(
  config: Config,
  home: string,
  path: string | undefined,
  say: (line: string) => void,
) {
  const temporal = loadTemporalConfig(config.temporal.policyPath);
  return startTemporal({
    executable: await findTemporal({ home, path, say }),
    dataFile: join(home, 'temporal', 'temporal.db'),
    port: config.temporal.embeddedPort,
    uiPort: config.temporal.embeddedUiPort,
    namespace: config.temporal.namespace ?? temporal.namespace.name,
    searchAttributes: temporal.searchAttributes,
    durable: true,
    say,
  });
}
