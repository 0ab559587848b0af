import { eq, sql } from 'drizzle-orm';
import type { Database } from './client.ts';
import { accountToken } from './schema/index.ts';
import { translateFailures } from './translate-failures.ts';

/** Sealed by the caller. */
export interface StoredTokens {
  readonly refresh: Uint8Array | undefined;
  readonly access: Uint8Array | undefined;
  readonly expiresAt: Date | undefined;
}

export type TokenStore = ReturnType<typeof createTokenStore>;

/** OAuth tokens of accounts. */
export function createTokenStore(db: Database) {
  const toRow = (tokens: StoredTokens) => ({
    refresh: tokens.refresh ?? null,
    access: tokens.access ?? null,
    expiresAt: tokens.expiresAt ?? null,
    updatedAt: sql`now()`,
  });

  return translateFailures({
    /**
     * Runs `work` under a lock of the account's row and commits what it saves. A work that throws rolls back.
     * Throws NotFound when there is no such account.
     */
    async withLock<T>(
      accountId: string,
      work: (stored: StoredTokens | undefined, save: (tokens: StoredTokens) => Promise<void>) => Promise<T>,
    ): Promise<T> {
      return db.transaction(async (tx) => {
        await tx.insert(accountToken).values({ accountId }).onConflictDoNothing();
        const mine = eq(accountToken.accountId, accountId);
        const [row] = await tx.select().from(accountToken).where(mine).for('update');
        const stored = row && {
          refresh: row.refresh ?? undefined,
          access: row.access ?? undefined,
          expiresAt: row.expiresAt ?? undefined,
        };
        return work(stored, async (tokens) => {
          await tx.update(accountToken).set(toRow(tokens)).where(mine);
        });
      });
    },

    /** After a sign-in: these tokens instead of any others. */
    async replace(accountId: string, tokens: StoredTokens): Promise<void> {
      const row = toRow(tokens);
      await db
        .insert(accountToken)
        .values({ accountId, ...row })
        .onConflictDoUpdate({ target: accountToken.accountId, set: row });
    },

    /** When tokens were last written; undefined: nobody signed in. */
    async findUpdatedAt(accountId: string): Promise<Date | undefined> {
      const [row] = await db
        .select({ updatedAt: accountToken.updatedAt, access: accountToken.access })
        .from(accountToken)
        .where(eq(accountToken.accountId, accountId));
      return row?.access ? row.updatedAt : undefined;
    },
  });
}
