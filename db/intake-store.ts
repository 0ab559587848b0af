import { and, desc, eq, inArray, lt, notInArray, or, sql } from 'drizzle-orm';
import type { Taken } from '../src/domain/admission.ts';
import type { BatchKind } from '../src/domain/batch.ts';
import { ServiceError } from '../src/domain/service-error.ts';
import type { Database } from './client.ts';
import type { IntakePage, ParkedPage } from './intake/intake-page.ts';
import { parkPage } from './intake/park-page.ts';
import { readCommitted } from './intake/read-committed.ts';
import { accountDay, batch, mailboxCursor, message, messageAlias, tombstone } from './schema/index.ts';
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

    /** How far the account was read. */
    async findCursor(accountId: string): Promise<string | undefined> {
      const [position] = await db
        .select({ cursor: mailboxCursor.cursor })
        .from(mailboxCursor)
        .where(eq(mailboxCursor.accountId, accountId));
      return position?.cursor;
    },

    /** Which of these identities the account has already, by provider key; a copy is known as its message. */
    async findKnown(accountId: string, providerKeys: readonly string[]): Promise<Map<string, string>> {
      if (providerKeys.length === 0) return new Map();
      const stored = providerKeys.map(storableText);
      const originals = db
        .select({ providerKey: message.providerKey, id: message.id })
        .from(message)
        .where(and(eq(message.accountId, accountId), inArray(message.providerKey, stored)));
      const copies = db
        .select({ providerKey: messageAlias.providerKey, id: messageAlias.messageId })
        .from(messageAlias)
        .where(and(eq(messageAlias.accountId, accountId), inArray(messageAlias.providerKey, stored)));
      const rows = await Promise.all([copies, originals]);
      const ids = new Map(rows.flat().map((row) => [row.providerKey, row.id]));
      return new Map(
        providerKeys.flatMap((key) => {
          const id = ids.get(storableText(key));
          return id === undefined ? [] : [[key, id] as const];
        }),
      );
    },

    /** Which of these were deleted here. */
    async findDeleted(accountId: string, providerKeys: readonly string[]): Promise<Set<string>> {
      if (providerKeys.length === 0) return new Set();
      const rows = await db
        .select({ providerKey: tombstone.providerKey })
        .from(tombstone)
        .where(and(eq(tombstone.accountId, accountId), inArray(tombstone.providerKey, [...providerKeys])));
      return new Set(rows.map((row) => row.providerKey));
    },

    /** What was pulled of the account and not processed yet, for its limits; imports have limits of their own. */
    async findTaken(accountId: string): Promise<Taken> {
      const [row] = await db.execute<{ [K in keyof Taken]: string | null }>(sql`
        select
          (select count(*) from ${message} m join ${batch} b on b.id = m.batch_id and b.kind = 'pull'
            where m.account_id = ${accountId} and m.state = 'parked')
          + (select count(*) from ${message} m join ${batch} b on b.id = m.batch_id and b.kind = 'pull'
            where m.account_id = ${accountId} and m.state = 'running') as "unfinished",
          max(messages) as "dayMessages", max(bytes) as "dayBytes",
          max(case when minute = date_trunc('minute', now()) then minute_messages else 0 end) as "minuteMessages"
        from ${accountDay} where account_id = ${accountId} and day = (now() at time zone 'utc')::date`);
      const number = (key: keyof Taken) => Number(row?.[key] ?? 0);
      return {
        unfinished: number('unfinished'),
        dayMessages: number('dayMessages'),
        dayBytes: number('dayBytes'),
        minuteMessages: number('minuteMessages'),
      };
    },

    /** Of these messages, those that came before an instant. */
    async listOld(messageIds: readonly string[], before: Date): Promise<string[]> {
      if (messageIds.length === 0) return [];
      const rows = await db
        .select({ id: message.id })
        .from(message)
        .where(and(inArray(message.id, [...messageIds]), lt(message.receivedAt, before)));
      return rows.map((row) => row.id);
    },

    async park(page: IntakePage): Promise<ParkedPage> {
      return db.transaction((tx) => parkPage(tx, page));
    },

    /**
     * Parked and never started: long ago, when their pull was ended by hand between the two, or by one that has failed.
     * Newest first: what a failed pull parked last.
     */
    async findForgotten(accountId: string, olderThanMinutes: number, limit: number): Promise<string[]> {
      const rows = await db
        .select({ id: message.id })
        .from(message)
        .leftJoin(batch, eq(batch.id, message.batchId))
        .where(
          and(
            eq(message.accountId, accountId),
            eq(message.state, 'parked'),
            or(
              and(eq(batch.kind, 'pull'), eq(batch.state, 'failed')),
              and(
                lt(message.parkedAt, sql`now() - make_interval(mins => ${olderThanMinutes})`),
                or(eq(batch.kind, 'pull'), notInArray(batch.state, ['running', 'paused'])),
              ),
            ),
          ),
        )
        .orderBy(desc(message.parkedAt))
        .limit(limit);
      return rows.map((row) => row.id);
    },
  });
}
