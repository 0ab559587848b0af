import { sql } from 'drizzle-orm';
import type { Database } from '../client.ts';
import type { Transaction } from '../intake/intake-page.ts';

/** A mailbox of a million messages takes longer than other statements may. */
export async function withPatience<T>(db: Database, work: (tx: Transaction) => Promise<T>): Promise<T> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`set local statement_timeout = '15min'`);
    return work(tx);
  });
}
