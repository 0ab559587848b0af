import type { NativeConnection } from '@temporalio/worker';
import type { Account } from '../domain/account.ts';
import type { TemporalConfig } from '../temporal-config.ts';
import { isScheduled, type Schedules, toHouseSchedules, toPullSchedule } from './create-schedules.ts';
import { KEYWORD_TYPE, readNamespace } from './read-namespace.ts';
import { type ScheduleFacts, toScheduleFacts } from './wanted-schedule.ts';

export interface Drift {
  /** `namespace`, `retention`, `search attribute X`, `schedule pull/x interval` … */
  readonly what: string;
  readonly wanted: string;
  readonly found: string;
}

export interface DiffRequest {
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly config: TemporalConfig;
  readonly schedules: Schedules;
  readonly accounts: readonly Account[];
}

/** Where the server differs from `temporal.yaml` and the accounts; empty when nothing does. Changes nothing. */
export async function diffTemporal(request: DiffRequest): Promise<Drift[]> {
  const { connection, namespace, config } = request;
  const facts = await readNamespace(connection, namespace);
  if (facts === undefined) return [{ what: 'namespace', wanted: namespace, found: 'missing' }];
  const drifts: Drift[] = [];
  if (facts.retentionMs !== config.namespace.retentionMs) {
    drifts.push({
      what: 'retention',
      wanted: inHours(config.namespace.retentionMs),
      found: inHours(facts.retentionMs),
    });
  }
  for (const name of Object.keys(config.searchAttributes)) {
    const type = facts.searchAttributes.get(name);
    if (type === KEYWORD_TYPE) continue;
    const found = type === undefined ? 'missing' : `type ${type}`;
    drifts.push({ what: `search attribute ${name}`, wanted: 'Keyword', found });
  }
  return [...drifts, ...(await diffSchedules(request))];
}

async function diffSchedules({ schedules, accounts, config }: DiffRequest): Promise<Drift[]> {
  const drifts: Drift[] = [];
  for (const wanted of toHouseSchedules(config)) {
    const found = await schedules.findHouse(wanted.scheduleId);
    drifts.push(...diffSchedule(`schedule ${wanted.scheduleId}`, toScheduleFacts(wanted), found));
  }
  const pulled = accounts.filter(isScheduled);
  for (const account of pulled) {
    const wanted = toScheduleFacts(toPullSchedule(account, config.pullSchedule));
    drifts.push(...diffSchedule(`schedule pull/${account.id}`, wanted, await schedules.find(account.id)));
  }
  const known = new Set(pulled.map((account) => account.id));
  for (const id of await schedules.list()) {
    if (!known.has(id)) drifts.push({ what: `schedule pull/${id}`, wanted: 'none', found: 'there' });
  }
  return drifts;
}

function diffSchedule(what: string, wanted: ScheduleFacts, found: ScheduleFacts | undefined): Drift[] {
  if (found === undefined) return [{ what, wanted: 'there', found: 'missing' }];
  const keys = Object.keys(wanted) as (keyof ScheduleFacts)[];
  return keys
    .filter((key) => wanted[key] !== undefined && wanted[key] !== found[key])
    .map((key) => ({ what: `${what} ${key}`, wanted: String(wanted[key]), found: String(found[key]) }));
}

function inHours(ms: number): string {
  return `${ms / 3_600_000}h`;
}
