import { and, eq, sql } from 'drizzle-orm';
import type { Account } from '../src/domain/account.ts';
import { toResetCursor } from '../src/domain/cursor-reset.ts';
import type { Database } from './client.ts';
import {
  account,
  accountToken,
  audit,
  mailboxCursor,
  oauthFlow,
  providerWait,
  pushSubscription,
} from './schema/index.ts';
import { setKeysAside } from './set-keys-aside.ts';
import { translateFailures } from './translate-failures.ts';

/** What may change while the account goes on reading the same mailbox. */
export type AccountSettings = Pick<
  Account,
  | 'name'
  | 'address'
  | 'mode'
  | 'pullEverySeconds'
  | 'imap'
  | 'graph'
  | 'gmail'
  | 'limits'
  | 'writeBack'
  | 'push'
  | 'modelSeesPii'
>;

/** Which mailbox it reads, and how. */
export type AccountConnection = Pick<
  Account,
  'kind' | 'mode' | 'imap' | 'graph' | 'gmail' | 'files' | 'oauth'
>;

export type AccountSettingsStore = ReturnType<typeof createAccountSettingsStore>;

export function createAccountSettingsStore(db: Database) {
  return translateFailures({
    /** A key that is there and undefined is cleared. */
    async change(id: string, settings: Partial<AccountSettings>): Promise<void> {
      const row = Object.fromEntries(
        Object.entries(settings).map(([name, value]) => [name, value ?? null]),
      ) as Partial<typeof account.$inferInsert>;
      await db.update(account).set(row).where(eq(account.id, id));
    },

    /**
     * Another mailbox from now on, read from its look-back on. The cursor is replaced, not deleted: a pull of the
     * mailbox before that ends later finds it moved and leaves it. Keys of the mailbox before are set aside: they may
     * be those of other mail in this one. `resetId` is new each time.
     */
    async switchConnection(
      id: string,
      { kind, mode, imap, graph, gmail, files, oauth }: AccountConnection,
      sealedSecret: Uint8Array | undefined,
      resetId: string,
    ): Promise<void> {
      const cursor = toResetCursor(resetId);
      await db.transaction(async (tx) => {
        await tx
          .update(account)
          .set({
            kind,
            mode,
            imap: imap ?? null,
            graph: graph ?? null,
            gmail: gmail ?? null,
            files: files ?? null,
            oauth: oauth ?? null,
            secret: sealedSecret ?? null,
            lastPullError: null,
            failures: 0,
            lastSyncedAt: null,
          })
          .where(eq(account.id, id));
        await tx
          .insert(mailboxCursor)
          .values({ accountId: id, cursor })
          .onConflictDoUpdate({ target: mailboxCursor.accountId, set: { cursor } });
        // What it has listed is of the mailbox before; one that is to list yet begins anew.
        await tx
          .update(audit)
          .set({
            state: 'failed',
            reason: 'The account was switched to another mailbox meanwhile',
            finishedAt: sql`now()`,
          })
          .where(and(eq(audit.accountId, id), eq(audit.state, 'running')));
        await setKeysAside(tx, id, resetId);
        for (const table of [accountToken, oauthFlow, providerWait, pushSubscription]) {
          await tx.delete(table).where(eq(table.accountId, id));
        }
      });
    },
  });
}
