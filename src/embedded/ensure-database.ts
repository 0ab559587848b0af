import postgres from 'postgres';
import { ServiceError } from '../domain/service-error.ts';

/**
 * Creates the database that `url` names when it is missing; proves on the way that the password works.
 * @throws ServiceError `AuthenticationFailed` when the server refuses the password, `Unavailable` otherwise.
 */
export async function ensureDatabase(url: string, name: string): Promise<void> {
  const admin = new URL(url);
  admin.pathname = '/postgres';
  const sql = postgres(admin.href, { max: 1, onnotice: () => undefined });
  try {
    const found = await sql`select 1 from pg_database where datname = ${name}`;
    if (found.length === 0) await sql`create database ${sql(name)}`;
  } catch (cause) {
    const refused = cause instanceof postgres.PostgresError && cause.code.startsWith('28');
    throw new ServiceError(
      refused ? 'AuthenticationFailed' : 'Unavailable',
      `The embedded PostgreSQL refused its own client: ${cause instanceof Error ? cause.message : String(cause)}`,
      {
        cause,
        fix: 'Restore the file cluster/password, or move the postgres folder of MAILROOM_HOME away to begin anew',
      },
    );
  } finally {
    await sql.end({ timeout: 1 });
  }
}
