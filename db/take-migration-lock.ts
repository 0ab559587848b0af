import { setTimeout as sleep } from 'node:timers/promises';
import type postgres from 'postgres';
import { ServiceError } from '../src/domain/service-error.ts';

/** Any number: all that matters is that every copy of us uses the same. */
const MIGRATION_LOCK = 7_161_026;
const PAUSE_MS = 200;

/**
 * Held until the connection ends, and taken again for nothing by who holds it. Asked for in turns: a statement that
 * waits has a snapshot, for which an index that is built beside others' work would wait in turn.
 */
export async function takeMigrationLock(sql: postgres.Sql, patience: number): Promise<void> {
  const end = performance.now() + patience;
  for (;;) {
    const [row] = await sql<{ taken: boolean }[]>`select pg_try_advisory_lock(${MIGRATION_LOCK}) as taken`;
    if (row?.taken === true) return;
    if (performance.now() > end) throw await toTaken(sql, patience);
    await sleep(PAUSE_MS);
  }
}

async function toTaken(sql: postgres.Sql, patience: number): Promise<ServiceError> {
  const [holder] = await sql<{ pid: number }[]>`
    select pid from pg_locks join pg_database on pg_database.oid = pg_locks.database
    where datname = current_database() and locktype = 'advisory' and objid = ${MIGRATION_LOCK} and granted`;
  const who = holder === undefined ? '' : `, process ${holder.pid} of PostgreSQL`;
  return new ServiceError(
    'Unavailable',
    `Another process has been migrating the database for ${Math.round(patience / 1000)} s${who}`,
    { fix: 'Wait until it is done (a large index takes its time), or end it; then start again.' },
  );
}
