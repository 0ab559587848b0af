import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import * as schema from './schema/index.ts';
import { storableText } from './storable.ts';
import { isConnectionLost } from './to-service-error.ts';

/** Every text parameter (type 25): a NUL in a label or in what a server answered must not fail the write. */
const STORABLE = {
  to: 25,
  from: [],
  serialize: (value: unknown) => storableText(String(value)),
  parse: (value: unknown) => value,
};

export type Database = PostgresJsDatabase<typeof schema>;

export interface DatabaseClient {
  readonly db: Database;
  readonly sql: postgres.Sql;
  close(): Promise<void>;
}

/**
 * One pool for a process. Connections are made when first needed, so an absent server is an error of the query,
 * not of this call.
 */
export function createDatabaseClient(
  url: string,
  options: { readonly connections?: number } = {},
): DatabaseClient {
  const sql = postgres(url, {
    max: options.connections ?? 10,
    connect_timeout: 10,
    idle_timeout: 60,
    onnotice: () => undefined,
    types: { string: STORABLE },
    connection: { application_name: 'mailroom', statement_timeout: 30_000 },
  });
  prepareByDefault(sql);
  leaveLostConnections(sql);
  return { db: drizzle(sql, { schema }), sql, close: () => sql.end({ timeout: 5 }) };
}

/** Inserts of many rows have another text for each count, and each stays in the server's memory once prepared. */
const MAX_PREPARED_PARAMETERS = 60;

/**
 * drizzle tells `unsafe` not to prepare: a round trip more for each statement, parsed and planned anew each time, which
 * costs more than running it. `?prepare=false` in the URL turns it off, for poolers that cannot keep statements.
 */
function prepareByDefault(sql: Pick<postgres.Sql, 'unsafe'>): void {
  const plain = sql.unsafe.bind(sql);
  sql.unsafe = ((query: string, parameters: never[] = [], options: postgres.UnsafeQueryOptions = {}) =>
    plain(query, parameters, {
      ...options,
      prepare: parameters.length <= MAX_PREPARED_PARAMETERS,
    })) as typeof sql.unsafe;
}

/**
 * postgres.js rolls back a failed transaction even when its connection is gone, and that write ends the process with
 * an uncaught TypeError (porsager/postgres#1208). Such work stays open: the closed connection rejects the transaction.
 */
function leaveLostConnections(sql: postgres.Sql): void {
  const plain = sql.begin.bind(sql) as (work: (tx: postgres.TransactionSql) => unknown) => Promise<unknown>;
  sql.begin = ((work: (tx: postgres.TransactionSql) => Promise<unknown>) =>
    plain((tx) => {
      prepareByDefault(tx);
      return work(tx).catch((error: unknown) => {
        if (isConnectionLost(error)) return new Promise(() => undefined);
        throw error;
      });
    })) as typeof sql.begin;
}
