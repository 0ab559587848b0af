import { join, resolve } from 'node:path';
import { Client } from '@temporalio/client';
import type { NativeConnection } from '@temporalio/worker';
import type { Logger } from 'pino';
import type { Controls } from '../api/controls/controls.ts';
import { createControls } from '../api/controls/create-controls.ts';
import { createDatabaseClient, type DatabaseClient } from '../db/client.ts';
import type { Embedder } from './analysis/embedding/embedder.ts';
import { loadTaxonomy } from './analysis/taxonomy/load-taxonomy.ts';
import { assertKeyFits } from './assert-key-fits.ts';
import type { Config } from './config.ts';
import { type AccountTaxonomies, createAccountTaxonomies } from './create-account-taxonomies.ts';
import { type Answers, createAnswers } from './create-answers.ts';
import { type Breakers, createBreakers } from './create-breakers.ts';
import { createCredentials, type OpenCredentials } from './create-credentials.ts';
import { createStores, type Stores } from './create-stores.ts';
import { ServiceError } from './domain/service-error.ts';
import { openEmbedder } from './open-embedder.ts';
import { loadOrCreateKey } from './security/load-or-create-key.ts';
import { createSealer, type Sealer } from './security/seal.ts';
import { connectTemporal } from './temporal/connect-temporal.ts';
import { createSchedules, type Schedules } from './temporal/create-schedules.ts';
import { loadTemporalConfig, type TemporalConfig } from './temporal-config.ts';

/** What every process of ours needs: database, Temporal, keys. */
export interface Context {
  readonly config: Config;
  readonly logger: Logger;
  readonly home: string;
  readonly temporal: TemporalConfig;
  readonly namespace: string;
  readonly connection: NativeConnection;
  readonly client: Client;
  readonly database: DatabaseClient;
  readonly stores: Stores;
  readonly sealer: Sealer;
  /** How accounts log in. */
  readonly openCredentials: OpenCredentials;
  readonly breakers: Breakers;
  readonly answers: Answers;
  readonly taxonomies: AccountTaxonomies;
  /** The installed embedding model; undefined: mail is decided by rules and words. */
  readonly embedder: Embedder | undefined;
  readonly schedules: Schedules;
  readonly controls: Controls;
  readonly cacheFolder: string;
  close(): Promise<void>;
}

export interface Addresses {
  readonly databaseUrl: string;
  readonly temporalAddress: string;
}

/** Where the servers are, when the configuration names both. Throws InvalidInput that says what to set. */
export function findAddresses(config: Config): Addresses {
  const missing = [
    ...(config.database.url === undefined ? ['DATABASE_URL'] : []),
    ...(config.temporal.address === undefined ? ['TEMPORAL_ADDRESS'] : []),
  ];
  if (config.database.url !== undefined && config.temporal.address !== undefined) {
    return { databaseUrl: config.database.url, temporalAddress: config.temporal.address };
  }
  throw new ServiceError('InvalidInput', `${missing.join(' and ')} missing`, {
    fix: 'Set them, or use `npm start`, which runs its own servers.',
  });
}

export async function openContext(config: Config, logger: Logger, addresses: Addresses): Promise<Context> {
  const temporal = loadTemporalConfig(config.temporal.policyPath);
  const namespace = config.temporal.namespace ?? temporal.namespace.name;
  const home = resolve(config.home);
  const sealer = createSealer(config.secretKeys ?? (await loadOrCreateKey(home)));
  const { apiKey, tls } = config.temporal;
  const database = createDatabaseClient(addresses.databaseUrl);
  const connection = await assertKeyFits(database.db, sealer, home)
    .then(() => connectTemporal({ address: addresses.temporalAddress, apiKey, tls }))
    .catch(async (error: unknown) => {
      await database.close();
      throw error;
    });
  const client = new Client({ connection, namespace });
  const stores = createStores(database.db);
  const answers = createAnswers({ ...stores, sealer, logger, redisUrl: config.redisUrl });
  const embedder = await openEmbedder(home, (error) =>
    logger.warn({ err: error }, 'The embedding model cannot be used; mail is decided without it'),
  );
  return {
    config,
    logger,
    home,
    temporal,
    namespace,
    connection,
    client,
    database,
    stores,
    sealer,
    openCredentials: createCredentials({ stores, sealer }),
    breakers: createBreakers(temporal.breakers),
    answers,
    taxonomies: createAccountTaxonomies(stores.taxonomyTexts, () => loadTaxonomy(config.taxonomyPath)),
    embedder,
    schedules: createSchedules(client, temporal),
    controls: createControls({ client }),
    cacheFolder: join(home, 'cache'),
    async close() {
      answers.close();
      await embedder?.close();
      await database.close();
      await connection.close();
    },
  };
}
