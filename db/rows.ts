import { type SQL, sql } from 'drizzle-orm';
import { toJsonb } from './storable.ts';

/** One parameter however many rows, so that a statement stays the same and prepared. */
export function toRows(rows: readonly object[], columns: SQL): SQL {
  return sql`jsonb_to_recordset(${toJsonb(rows)}::jsonb) as g(${columns})`;
}
