import { type AnyColumn, type SQL, sql } from 'drizzle-orm';

/** drizzle makes descending indexes `nulls last`; a plain `desc` means `nulls first` and cannot use them. */
export function newestFirst(...columns: readonly AnyColumn[]): SQL[] {
  return columns.map((column) => sql`${column} desc nulls last`);
}
