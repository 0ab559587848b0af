import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import getPort from 'get-port';
import type postgres from 'postgres';
import { createPool } from '../../../db/create-pool.ts';
import { migrate } from '../../../db/migrate.ts';
import { loadTemporalConfig } from '../../../src/temporal-config.ts';
import { createRole, type Role } from '../spawn-role.ts';
import { startKillablePostgres } from '../start-killable-postgres.ts';
import { type KillableServer, startKillableTemporal } from '../start-killable-temporal.ts';
import { writeDrillConfig } from '../write-drill-config.ts';
import { type ClockFile, createClockFile } from './create-clock-file.ts';
import { type Providers, startProviders } from './start-providers.ts';
import { startRecorder, type WebhookRecorder } from './start-recorder.ts';

export interface DrillRoom {
  /** Of the API itself, not as providers reach it. */
  readonly url: string;
  readonly sql: postgres.Sql;
  readonly temporal: Client;
  readonly providers: Providers;
  readonly webhooks: WebhookRecorder;
  readonly worker: Role;
  readonly api: Role;
  readonly database: KillableServer;
  readonly temporalServer: KillableServer;
  readonly clock: ClockFile;
  /** Asks the API; throws what it answers when that is no success. */
  call<T>(method: string, path: string, body?: unknown): Promise<T>;
  /** Resolves once the API says that all it needs is there; throws what it waits for after two minutes. */
  untilReady(): Promise<void>;
  readonly say: (line: string) => void;
  stop(): Promise<void>;
}

const READY_MS = 120_000;

export interface DrillRoomOptions {
  readonly say: (line: string) => void;
  /** Folder of a compiled installation; the processes start from the sources without one. */
  readonly installed?: string;
  /** The database and Temporal may be killed: what they said is done has to be on disk. */
  readonly durable?: boolean;
}

/** The whole product as processes of its own between real and faked providers, all on this machine. */
export async function openDrillRoom({
  say,
  installed,
  durable = false,
}: DrillRoomOptions): Promise<DrillRoom> {
  const folder = await mkdtemp(join(tmpdir(), 'mailroom-ingest-'));
  const undo: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })];
  const stop = async () => {
    for (const step of undo.splice(0)) await step();
  };
  try {
    const [files, database, providers] = await Promise.all([
      writeDrillConfig(folder, 'off'),
      startKillablePostgres(join(folder, 'postgres'), durable),
      startProviders(),
    ]);
    undo.unshift(() => database.stop(), providers.stop);
    await migrate(database.url);
    const policy = loadTemporalConfig(files.temporalConfig);
    const temporalServer = await startKillableTemporal(folder, policy, durable);
    undo.unshift(() => temporalServer.stop());
    const port = await getPort();
    const webhooks = await startRecorder(`http://127.0.0.1:${port}`);
    const clock = await createClockFile(folder);
    undo.unshift(webhooks.stop);
    const env = {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      MAILROOM_HOME: join(folder, 'home'),
      MAILROOM_PUBLIC_URL: webhooks.url,
      MAILROOM_SECRET_KEYS: `1:${Buffer.alloc(32, 7).toString('base64')}`,
      DATABASE_URL: database.url,
      TEMPORAL_ADDRESS: temporalServer.address,
      TEMPORAL_CONFIG: files.temporalConfig,
      MAILROOM_TAXONOMY: files.taxonomy,
      NODE_EXTRA_CA_CERTS: providers.authority,
      PORT: String(port),
      LOG_LEVEL: 'warn',
      ...providers.env,
    };
    const worker = createRole({
      name: 'worker',
      env: { ...env, ...clock.env },
      logFile: join(folder, 'worker.log'),
      installed,
    });
    const api = createRole({ name: 'server', env, logFile: join(folder, 'api.log'), installed });
    undo.unshift(worker.stop, api.stop);
    worker.start();
    api.start();
    const sql = createPool(database.url, { max: 3, onnotice: () => undefined });
    undo.unshift(() => sql.end({ timeout: 1 }));
    const connection = await Connection.connect({ address: temporalServer.address });
    undo.unshift(() => connection.close());
    const temporal = new Client({ connection, namespace: policy.namespace.name });
    const url = `http://127.0.0.1:${port}`;
    const ready = () => untilReady(url);
    await ready();
    const call = <T>(method: string, path: string, body?: unknown) => request<T>(url, method, path, body);
    const servers = { worker, api, database, temporalServer };
    return { url, sql, temporal, providers, webhooks, ...servers, clock, call, untilReady: ready, say, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function untilReady(url: string): Promise<void> {
  const deadline = Date.now() + READY_MS;
  let last = 'no answer';
  while (Date.now() < deadline) {
    try {
      const answer = await fetch(`${url}/health/ready`);
      if (answer.ok) return;
      last = await answer.text();
    } catch (error) {
      last = String((error as Error).cause ?? error);
    }
    await wait(200);
  }
  throw new Error(`The API does not come up at ${url}: ${last}`);
}

async function request<T>(url: string, method: string, path: string, body: unknown): Promise<T> {
  const answer = await fetch(`${url}/api${path}`, {
    method,
    ...(body === undefined
      ? {}
      : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text.slice(0, 500)}`);
  return (text === '' ? undefined : JSON.parse(text)) as T;
}
