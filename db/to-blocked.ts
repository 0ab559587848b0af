import type postgres from 'postgres';
import { ServiceError } from '../src/domain/service-error.ts';

/** `Unavailable` for a migration that others' work kept from its tables for `waited` milliseconds; names the oldest. */
export async function toBlocked(sql: postgres.Sql, waited: number, cause: unknown): Promise<ServiceError> {
  const [oldest] = await sql<{ pid: number; application: string; seconds: number }[]>`
    select pid, application_name as application, extract(epoch from now() - xact_start)::int as seconds
    from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()
      and backend_type = 'client backend' and xact_start is not null
    order by xact_start limit 1`;
  const who =
    oldest === undefined
      ? 'the oldest transaction (pg_stat_activity shows it to a superuser)'
      : `process ${oldest.pid} of PostgreSQL ("${oldest.application}", a transaction open for ${oldest.seconds} s)`;
  return new ServiceError(
    'Unavailable',
    `The database cannot be migrated: other work kept its tables for ${Math.round(waited / 1000)} s`,
    {
      fix: `Wait for ${who}, or end it with pg_terminate_backend; then start again.`,
      details: oldest === undefined ? {} : { pid: oldest.pid, seconds: oldest.seconds },
      cause,
    },
  );
}
