import { eq, sql } from 'drizzle-orm';
import { ServiceError } from '../src/domain/service-error.ts';
import type { Database } from './client.ts';
import { removeMessages } from './remove-messages.ts';
import {
  account,
  accountDay,
  accountToken,
  audit,
  batch,
  mailboxCursor,
  message,
  oauthFlow,
  providerWait,
  pushSubscription,
} from './schema/index.ts';
import { translateFailures } from './translate-failures.ts';

export type AccountRemovalStore = ReturnType<typeof createAccountRemovalStore>;

/** Rows that there may be many of, and how they are found; what is deleted with them comes before them. */
const LARGE_TABLES = [
  ['audit_entry', sql`audit_id in (select id from audit where account_id = `],
  ['batch_item', sql`batch_id in (select id from batch where account_id = `],
  ['upload', sql`batch_id in (select id from batch where account_id = `],
  ['quarantine', sql`(account_id = `],
  ['tombstone', sql`(account_id = `],
  ['content_window', sql`(account_id = `],
  ['conversation_reference', sql`(account_id = `],
  ['learned_example', sql`(account_id = `],
] as const;

const LAST_TABLES = [
  audit,
  batch,
  mailboxCursor,
  accountDay,
  accountToken,
  oauthFlow,
  providerWait,
  pushSubscription,
];

/** The end of an account: it is retired first, and its data may be deleted afterwards, chunk by chunk. */
export function createAccountRemovalStore(db: Database) {
  return translateFailures({
    /** Not read any more; its password, tokens and sign-ins are gone at once. Its mail stays. */
    async retire(accountId: string, reason: string): Promise<void> {
      await db.transaction(async (tx) => {
        await tx
          .update(account)
          .set({ state: 'removed', stateReason: reason, secret: null })
          .where(eq(account.id, accountId));
        for (const table of [accountToken, oauthFlow, providerWait, pushSubscription]) {
          await tx.delete(table).where(eq(table.accountId, accountId));
        }
      });
    },

    /** Answers how many were deleted; 0: none is left. */
    async removeMessages(accountId: string, limit: number): Promise<number> {
      return db.transaction(async (tx) => {
        const rows = await tx
          .select({
            id: message.id,
            accountId: message.accountId,
            contentHash: message.contentHash,
            sourceSha256: message.sourceSha256,
          })
          .from(message)
          .where(eq(message.accountId, accountId))
          .limit(limit);
        await removeMessages(tx, rows);
        return rows.length;
      });
    },

    /** What else is stored in numbers, `limit` rows of each table at most; 0: nothing is left. */
    async removeRows(accountId: string, limit: number): Promise<number> {
      let removed = 0;
      for (const [table, owner] of LARGE_TABLES) {
        const name = sql.identifier(table);
        const found = await db.execute(
          sql`delete from ${name} where ctid = any(array(select ctid from ${name} where ${owner}${accountId}) limit ${limit}))`,
        );
        removed += found.count;
      }
      return removed;
    },

    /** The account itself, with what is left of it. Throws Conflict unless it was retired. */
    async removeAccount(accountId: string): Promise<void> {
      await db.transaction(async (tx) => {
        const [row] = await tx.select().from(account).where(eq(account.id, accountId)).for('update');
        if (row !== undefined && row.state !== 'removed') {
          throw new ServiceError('Conflict', `The account "${accountId}" is in use`);
        }
        for (const table of LAST_TABLES) await tx.delete(table).where(eq(table.accountId, accountId));
        await tx.delete(account).where(eq(account.id, accountId));
      });
    },
  });
}
