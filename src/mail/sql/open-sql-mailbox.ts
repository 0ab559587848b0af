import postgres from 'postgres';
import type { Mailbox } from '../mailbox.ts';
import { parseSqlUrl } from './parse-sql-url.ts';
import { planQuery } from './plan-query.ts';
import { readSqlPage } from './read-sql-page.ts';
import { toSqlError } from './to-sql-error.ts';

const CONNECT_SECONDS = 10;
const STATEMENT_MS = 120_000;

/**
 * The rows of a PostgreSQL query as a mailbox, read in read-only transactions. A row is a message: `raw` (bytea
 * or text), or columns named as in JSON. With a unique `id` pages follow it and rows may come and go meanwhile;
 * without one rows are counted, so the query needs an ORDER BY and data that stays as it is.
 *
 * Throws InvalidInput for a bad URL, query or columns, AuthenticationFailed, PermissionDenied, Unavailable.
 */
export async function openSqlMailbox(origin: {
  readonly url: string;
  readonly query: string;
}): Promise<Mailbox> {
  const target = parseSqlUrl(origin.url);
  const { host, port, user, database, ssl } = target;
  const sql = postgres({
    host,
    port,
    user,
    database,
    ssl,
    // A function: an empty password would be replaced by PGPASSWORD.
    password: () => target.password,
    // A batch opens a mailbox for each page: what the driver keeps of a connection that is lost in the middle
    // (porsager/postgres#1209, #1215) meets no query of another page.
    max: 1,
    connect_timeout: CONNECT_SECONDS,
    fetch_types: false,
    prepare: false,
    onnotice: () => undefined,
    connection: {
      application_name: 'mailroom import',
      default_transaction_read_only: true,
      statement_timeout: STATEMENT_MS,
      // Dates become text in the server: the same text for the same row, wherever it runs.
      TimeZone: 'UTC',
      DateStyle: 'ISO',
    },
  });
  const close = () => sql.end({ timeout: 1 });
  try {
    const plan = await planQuery(sql, origin.query);
    return {
      close,
      async readPage(request) {
        request.signal.throwIfAborted();
        try {
          return await sql.begin('isolation level repeatable read read only', (tx) =>
            readSqlPage(tx, plan, request),
          );
        } catch (error) {
          request.signal.throwIfAborted();
          throw toSqlError(error, target);
        }
      },
    };
  } catch (error) {
    await close();
    throw toSqlError(error, target);
  }
}
