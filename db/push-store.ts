import { eq, inArray, isNotNull, lt, sql } from 'drizzle-orm';
import type { Database } from './client.ts';
import { pushSubscription, webhookReceipt } from './schema/index.ts';
import { translateFailures } from './translate-failures.ts';

export interface PushRow {
  readonly accountId: string;
  /** Sealed, AAD `push_subscription/client_state/<account>`. */
  readonly clientState: Uint8Array;
  /** What is in force; undefined: nothing. */
  readonly subscription: { readonly id: string; readonly expiresAt: Date } | undefined;
  /** When it was last asked for. */
  readonly renewedAt: Date | undefined;
  readonly lastError: string | undefined;
}

export type PushStore = ReturnType<typeof createPushStore>;

/** Providers that notify repeat themselves for hours, not for days. */
const RECEIPT_DAYS = 2;
const LONGEST_MS = 20 * 60 * 60 * 1000;
const AFTER_FAILURE_MS = 10 * 60 * 1000;

/** What providers were asked to notify us of, and which of their notifications were taken. */
export function createPushStore(db: Database) {
  const find = async (accountId: string): Promise<PushRow | undefined> => {
    const [row] = await db.select().from(pushSubscription).where(eq(pushSubscription.accountId, accountId));
    return row && toPushRow(row);
  };

  return translateFailures({
    find,

    /** Whose subscriptions these are. `ids`: of those that were joined by commas. */
    async findByProviderIds(ids: readonly string[]): Promise<PushRow[]> {
      if (ids.length === 0) return [];
      const held = sql`string_to_array(${pushSubscription.providerId}, ',')`;
      const rows = await db
        .select()
        .from(pushSubscription)
        .where(sql`${held} && ${sql.param([...ids])}::text[]`);
      return rows.map(toPushRow);
    },

    /**
     * Whether it is to be asked for, again or for the first time: after half of its life, after most of a day at the
     * latest, and ten minutes after it was refused.
     */
    async isDue(accountId: string, now: Date): Promise<boolean> {
      const row = await find(accountId);
      if (row?.renewedAt === undefined) return true;
      const age = now.getTime() - row.renewedAt.getTime();
      // Asked for by a clock that was ahead: it would not be due before that time comes.
      if (age < -AFTER_FAILURE_MS) return true;
      if (row.lastError !== undefined) return age > AFTER_FAILURE_MS;
      if (row.subscription === undefined) return true;
      const life = row.subscription.expiresAt.getTime() - row.renewedAt.getTime();
      return age > Math.min(life / 2, LONGEST_MS);
    },

    /** Puts the secret on record that the provider is about to be given. The first one stays. */
    async prepare(accountId: string, clientState: Uint8Array): Promise<void> {
      await db.insert(pushSubscription).values({ accountId, clientState }).onConflictDoNothing();
    },

    async save(accountId: string, { id, expiresAt }: { id: string; expiresAt: Date }): Promise<void> {
      await db
        .update(pushSubscription)
        .set({ providerId: id, expiresAt, renewedAt: sql`now()`, lastError: null })
        .where(eq(pushSubscription.accountId, accountId));
    },

    async recordError(accountId: string, error: string): Promise<void> {
      await db
        .update(pushSubscription)
        .set({ renewedAt: sql`now()`, lastError: error })
        .where(eq(pushSubscription.accountId, accountId));
    },

    /** The provider says that it wants to be asked again: the next pull does. */
    async expire(accountId: string): Promise<void> {
      await db
        .update(pushSubscription)
        .set({ renewedAt: null, lastError: null })
        .where(eq(pushSubscription.accountId, accountId));
    },

    async remove(accountId: string): Promise<void> {
      await db.delete(pushSubscription).where(eq(pushSubscription.accountId, accountId));
    },

    /** All that are in force. */
    async list(): Promise<PushRow[]> {
      const rows = await db.select().from(pushSubscription).where(isNotNull(pushSubscription.providerId));
      return rows.map(toPushRow);
    },

    /** Which of these were taken already. `hashes`: SHA-256 of what makes each notification one, hex. */
    async findReceipts(hashes: readonly string[]): Promise<Set<string>> {
      if (hashes.length === 0) return new Set();
      const rows = await db
        .select({ hash: webhookReceipt.hash })
        .from(webhookReceipt)
        .where(inArray(webhookReceipt.hash, [...hashes]));
      return new Set(rows.map(({ hash }) => hash));
    },

    /** They were taken, and the pull was told: sent again they are copies. */
    async saveReceipts(hashes: readonly string[]): Promise<void> {
      if (hashes.length === 0) return;
      // One order for all: two requests that share receipts must not lock them crosswise.
      const rows = [...hashes].sort().map((hash) => ({ hash }));
      await db.insert(webhookReceipt).values(rows).onConflictDoNothing();
    },

    async purgeReceipts(): Promise<void> {
      await db
        .delete(webhookReceipt)
        .where(lt(webhookReceipt.receivedAt, sql`now() - make_interval(days => ${RECEIPT_DAYS})`));
    },
  });
}

function toPushRow(row: typeof pushSubscription.$inferSelect): PushRow {
  const { accountId, clientState, providerId, expiresAt, renewedAt, lastError } = row;
  return {
    accountId,
    clientState,
    subscription: providerId === null || expiresAt === null ? undefined : { id: providerId, expiresAt },
    renewedAt: renewedAt ?? undefined,
    lastError: lastError ?? undefined,
  };
}
