import { eq, sql } from 'drizzle-orm';
import type { Database } from './client.ts';
import { accountTaxonomy } from './schema/index.ts';
import { translateFailures } from './translate-failures.ts';

export interface TaxonomyRow {
  readonly yaml: string;
  readonly version: string;
}

export type TaxonomyStore = ReturnType<typeof createTaxonomyStore>;

/** Categories of single accounts; checked by the caller. */
export function createTaxonomyStore(db: Database) {
  return translateFailures({
    async find(accountId: string): Promise<TaxonomyRow | undefined> {
      const [row] = await db
        .select({ yaml: accountTaxonomy.yaml, version: accountTaxonomy.version })
        .from(accountTaxonomy)
        .where(eq(accountTaxonomy.accountId, accountId));
      return row;
    },

    /** Cheaper than the whole; undefined: the account has none of its own. */
    async findVersion(accountId: string): Promise<string | undefined> {
      const [row] = await db
        .select({ version: accountTaxonomy.version })
        .from(accountTaxonomy)
        .where(eq(accountTaxonomy.accountId, accountId));
      return row?.version;
    },

    async save(accountId: string, { yaml, version }: TaxonomyRow): Promise<void> {
      await db
        .insert(accountTaxonomy)
        .values({ accountId, yaml, version })
        .onConflictDoUpdate({
          target: accountTaxonomy.accountId,
          set: { yaml, version, changedAt: sql`now()` },
        });
    },

    async remove(accountId: string): Promise<void> {
      await db.delete(accountTaxonomy).where(eq(accountTaxonomy.accountId, accountId));
    },
  });
}
