import { customType, timestamp } from 'drizzle-orm/pg-core';

/** Raw bytes. */
export const bytea = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => 'bytea' });

/** PostgreSQL full-text document; written by a generated column, only ever searched. */
export const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' });

/** Milliseconds, as in a JavaScript Date: a finer value would not come back equal as a paging key. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date', precision: 3 });
