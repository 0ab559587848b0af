import { and, eq, inArray, lt, notInArray, or, sql } from 'drizzle-orm';
import type { BatchKind } from '../src/domain/batch.ts';
import { ServiceError } from '../src/domain/service-error.ts';
import type { Database } from './client.ts';
import type { IntakePage, ParkedPage } from './intake/intake-page.ts';
import { parkPage } from './intake/park-page.ts';
import { readCommitted } from './intake/read-committed.ts';
import { batch, mailboxCursor, message } from './schema/index.ts';
import { storableText } from './storable.ts';
import { translateFailures } from './translate-failures.ts';

export type PageOpening =
  | { readonly committed: ParkedPage; readonly cursor?: undefined }
  | { readonly committed?: undefined; readonly cursor: string | undefined };

export type IntakeStore = ReturnType<typeof createIntakeStore>;

/** The door: what was read is parked and the cursor moved in one transaction, or nothing happened. */
export function createIntakeStore(db: Database) {
  return translateFailures({
    /** Where to read the page from, or what it held if it was committed before. */
    async openPage(request: {
      accountId: string;
      batchId: string;
      kind: BatchKind;
      page: number;
    }): Promise<PageOpening> {
      const [row] = await db.select().from(batch).where(eq(batch.id, request.batchId));
      if (row && row.pages > request.page) {
        return {
          committed: await readCommitted(db, request.batchId, request.page, row.pages, row.exhausted),
        };
      }
      if (request.kind === 'import') {
        if (!row) throw new ServiceError('NotFound', `There is no batch "${request.batchId}"`);
        return { cursor: row.cursor ?? undefined };
      }
      const [position] = await db
        .select({ cursor: mailboxCursor.cursor })
        .from(mailboxCursor)
        .where(eq(mailboxCursor.accountId, request.accountId));
      return { cursor: position?.cursor };
    },

    /** Which of these identities the account has already, by provider key. */
    async findKnown(accountId: string, providerKeys: readonly string[]): Promise<Map<string, string>> {
      if (providerKeys.length === 0) return new Map();
      const stored = providerKeys.map(storableText);
      const rows = await db
        .select({ providerKey: message.providerKey, id: message.id })
        .from(message)
        .where(and(eq(message.accountId, accountId), inArray(message.providerKey, stored)));
      const ids = new Map(rows.map((row) => [row.providerKey, row.id]));
      return new Map(
        providerKeys.flatMap((key) => {
          const id = ids.get(storableText(key));
          return id === undefined ? [] : [[key, id] as const];
        }),
      );
    },

    async park(page: IntakePage): Promise<ParkedPage> {
      return db.transaction((tx) => parkPage(tx, page));
    },

    /** Parked long ago and never started: their run was ended by hand between the two. */
    async findForgotten(accountId: string, olderThanMinutes: number, limit: number): Promise<string[]> {
      const rows = await db
        .select({ id: message.id })
        .from(message)
        .leftJoin(batch, eq(batch.id, message.batchId))
        .where(
          and(
            eq(message.accountId, accountId),
            eq(message.state, 'parked'),
            lt(message.parkedAt, sql`now() - make_interval(mins => ${olderThanMinutes})`),
            or(eq(batch.kind, 'pull'), notInArray(batch.state, ['running', 'paused'])),
          ),
        )
        .limit(limit);
      return rows.map((row) => row.id);
    },
  });
}
