import { setTimeout as wait } from 'node:timers/promises';
import { isGrpcServiceError } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import type { NativeConnection } from '@temporalio/worker';
import { ServiceError } from '../domain/service-error.ts';
import type { TemporalConfig } from '../temporal-config.ts';
import { isScheduled, toHouseSchedules } from './create-schedules.ts';
import { type DiffRequest, type Drift, diffTemporal } from './diff-temporal.ts';
import { KEYWORD_TYPE, readNamespace } from './read-namespace.ts';

/** grpc status ALREADY_EXISTS */
const ALREADY_EXISTS = 6;
/** A new namespace or attribute reaches every part of the server within its cache time. */
const SETTLE_MS = 30_000;

export interface ApplyOptions {
  /** Removes pull schedules of accounts that this database does not know; on a shared server they may be another copy's. */
  readonly prune: boolean;
}

/** Makes the server what `temporal.yaml` asks for; answers what it changed. Doing it twice changes nothing. */
export async function applyTemporal(
  request: DiffRequest,
  options: ApplyOptions = { prune: false },
): Promise<Drift[]> {
  await applyNamespace(request.connection, request.namespace, request.config);
  const before = await diffTemporal(request);
  for (const house of toHouseSchedules(request.config)) {
    const drifts = before.some(({ what }) => what.startsWith(`schedule ${house.scheduleId}`));
    if (drifts) await request.schedules.ensureHouse(house);
  }
  const wrong = new Set(before.map(({ what }) => /^schedule pull\/(\S+)/.exec(what)?.[1]));
  for (const account of request.accounts) {
    if (wrong.has(account.id)) await request.schedules.ensure(account);
  }
  const pulled = new Set(request.accounts.filter(isScheduled).map((a) => a.id));
  const known = new Set(request.accounts.map(({ id }) => id));
  const left = new Set<string>();
  for (const id of await request.schedules.list()) {
    if (pulled.has(id)) continue;
    if (options.prune || known.has(id)) await request.schedules.remove(id);
    else left.add(`schedule pull/${id}`);
  }
  return before.filter(({ what }) => !left.has(what));
}

/** Namespace, retention and search attributes; what a worker needs before it can start. */
export async function applyNamespace(
  connection: NativeConnection,
  namespace: string,
  config: TemporalConfig,
): Promise<void> {
  const retention = msToTs(config.namespace.retentionMs);
  const facts = await readNamespace(connection, namespace);
  if (facts === undefined) {
    await tolerate(ALREADY_EXISTS, () =>
      connection.workflowService.registerNamespace({
        namespace,
        workflowExecutionRetentionPeriod: retention,
      }),
    );
  } else if (facts.retentionMs !== config.namespace.retentionMs) {
    await connection.workflowService.updateNamespace({
      namespace,
      config: { workflowExecutionRetentionTtl: retention },
    });
  }
  const deadline = Date.now() + SETTLE_MS;
  for (;;) {
    const missing = await findMissing(connection, namespace, config);
    if (missing?.length === 0) return;
    if (Date.now() > deadline) {
      throw new ServiceError('Unavailable', `Temporal does not take over the namespace ${namespace}`, {
        fix: 'Look into the log of the Temporal server; on a managed one create namespace and search attributes by hand.',
      });
    }
    if (missing !== undefined) {
      await tolerate(ALREADY_EXISTS, () =>
        connection.operatorService.addSearchAttributes({
          namespace,
          searchAttributes: Object.fromEntries(missing.map((name) => [name, KEYWORD_TYPE])),
        }),
      );
    }
    await wait(250);
  }
}

/** undefined while the namespace itself is not known yet. */
async function findMissing(
  connection: NativeConnection,
  namespace: string,
  config: TemporalConfig,
): Promise<string[] | undefined> {
  const facts = await readNamespace(connection, namespace);
  if (facts === undefined) return undefined;
  const missing: string[] = [];
  for (const name of Object.keys(config.searchAttributes)) {
    const type = facts.searchAttributes.get(name);
    if (type === undefined) missing.push(name);
    else if (type !== KEYWORD_TYPE) {
      throw new ServiceError('Conflict', `The search attribute ${name} is there with another type`, {
        fix: `Remove it on the server (temporal operator search-attribute remove --name ${name}) and apply again.`,
      });
    }
  }
  return missing;
}

async function tolerate(code: number, call: () => Promise<unknown>): Promise<void> {
  try {
    await call();
  } catch (error) {
    if (!(isGrpcServiceError(error) && Number(error.code) === code)) throw error;
  }
}
