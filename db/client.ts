import { makePgArray, parsePgArray } from 'drizzle-orm/pg-core';
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import type postgres from 'postgres';
import { createPool } from './create-pool.ts';
import * as schema from './schema/index.ts';
import { storableText } from './storable.ts';

/** Every text parameter (type 25): a NUL in a label or in what a server answered must not fail the write. */
const STORABLE = {
  to: 25,
  from: [],
  serialize: (value: unknown) => storableText(String(value)),
  parse: (value: unknown) => value,
};

/** text[] (type 1009), the one array that is sent. Asked for types, postgres.js ends the process when that is cut. */
const STORABLES = {
  to: 1009,
  from: [1009],
  serialize: (values: readonly unknown[]) => makePgArray(values.map((value) => storableText(String(value)))),
  parse: parsePgArray,
};

export type Database = PostgresJsDatabase<typeof schema>;

export interface DatabaseClient {
  readonly db: Database;
  readonly sql: postgres.Sql;
  close(): Promise<void>;
}

/**
 * One pool for a process. Connections are made when first needed, so an absent server is an error of the query,
 * not of this call. `?prepare=false` in the URL keeps no statements, for poolers that mix connections.
 */
export function createDatabaseClient(
  url: string,
  options: { readonly connections?: number } = {},
): DatabaseClient {
  const sql = createPool(url, {
    max: options.connections ?? 10,
    connect_timeout: 10,
    idle_timeout: 60,
    onnotice: () => undefined,
    fetch_types: false,
    types: { string: STORABLE, strings: STORABLES },
    connection: { application_name: 'mailroom', statement_timeout: 30_000 },
  });
  return { db: drizzle(sql, { schema }), sql, close: () => sql.end({ timeout: 5 }) };
}
