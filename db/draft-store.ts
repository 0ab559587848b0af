import { and, desc, eq, inArray, lt, or, sql } from 'drizzle-orm';
import { canMoveDelivery, type DeliveryState } from '../src/domain/delivery.ts';
import type { Draft, DraftState } from '../src/domain/draft.ts';
import { ServiceError } from '../src/domain/service-error.ts';
import { BOUNCES, type BounceRow, toBounceRows } from './bounce-store.ts';
import type { Database } from './client.ts';
import { delivery, draft, message } from './schema/index.ts';
import { UNFINISHED } from './schema/message.ts';
import { storableText, toJsonb } from './storable.ts';
import { translateFailures } from './translate-failures.ts';

export interface DraftRow extends Draft {
  readonly decidedBy: string | undefined;
  readonly decidedAt: Date | undefined;
  readonly createdAt: Date;
  readonly delivery: DeliveryRow | undefined;
  /** Reports that it came back, oldest first. */
  readonly bounces: readonly BounceRow[];
}

export interface DeliveryRow {
  readonly id: string;
  readonly draftId: string;
  readonly messageIdHeader: string;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly response: string | undefined;
  readonly updatedAt: Date;
}

export interface DraftFilter {
  readonly state?: DraftState;
  readonly deliveryState?: DeliveryState;
  readonly limit: number;
  readonly after?: { readonly createdAt: Date; readonly id: string };
}

export type DecidedState = Exclude<DraftState, 'pending'>;
export type DraftStore = ReturnType<typeof createDraftStore>;

/** Drafts and their one delivery each. Every move of a delivery names the state that it leaves. */
export function createDraftStore(db: Database) {
  return translateFailures({
    /**
     * Proposes a reply, unless the message has a draft: an edited or decided one is never overwritten. A message
     * whose draft waits for a person says so from the same moment.
     */
    async propose(value: Draft): Promise<Pick<Draft, 'id' | 'state' | 'hash'>> {
      const rows = await db.execute<{ id: string; state: DraftState; hash: string }>(sql`
        with added as (
          insert into draft (id, message_id, account_id, state, sender, recipients, cc, subject, text, in_reply_to,
            "references", hash, automatic)
          values (${value.id}, ${value.messageId}, ${value.accountId}, ${value.state},
            ${toJsonb(value.from)}::jsonb, ${toJsonb(value.to)}::jsonb, ${toJsonb(value.cc)}::jsonb,
            ${storableText(value.subject)}, ${storableText(value.text)}, ${value.inReplyTo ?? null},
            ${toJsonb(value.references)}::jsonb, ${value.hash}, ${value.automatic})
          on conflict (message_id) do nothing returning id, state, hash
        ), kept as (
          select id, state, hash from added
          union all
          select id, state, hash from draft where message_id = ${value.messageId}
        ), waiting as (
          update message set stage = 'approval', state = 'awaiting-approval'
          where id = ${value.messageId} and state in ${sql.raw(UNFINISHED)}
            and exists (select 1 from kept where state = 'pending')
        )
        select id, state, hash from kept limit 1`);
      const [row] = rows;
      if (!row) throw new ServiceError('Unavailable', 'Another run proposed a draft at the same moment');
      return row;
    },

    async get(id: string): Promise<DraftRow> {
      const [row] = await db
        .select({ draft, delivery, bounces: BOUNCES })
        .from(draft)
        .leftJoin(delivery, eq(delivery.draftId, draft.id))
        .where(eq(draft.id, id));
      if (!row) throw new ServiceError('NotFound', `There is no draft "${id}"`);
      return toDraftRow(row);
    },

    async findByMessage(messageId: string): Promise<DraftRow | undefined> {
      const [row] = await db
        .select({ draft, delivery, bounces: BOUNCES })
        .from(draft)
        .leftJoin(delivery, eq(delivery.draftId, draft.id))
        .where(eq(draft.messageId, messageId));
      return row && toDraftRow(row);
    },

    async list(filter: DraftFilter): Promise<DraftRow[]> {
      const rows = await db
        .select({ draft, delivery, bounces: BOUNCES })
        .from(draft)
        .leftJoin(delivery, eq(delivery.draftId, draft.id))
        .where(
          and(
            filter.state && eq(draft.state, filter.state),
            filter.deliveryState && eq(delivery.state, filter.deliveryState),
            filter.after &&
              or(
                lt(draft.createdAt, filter.after.createdAt),
                and(eq(draft.createdAt, filter.after.createdAt), lt(draft.id, filter.after.id)),
              ),
          ),
        )
        .orderBy(desc(draft.createdAt), desc(draft.id))
        .limit(filter.limit);
      return rows.map((row) => toDraftRow(row));
    },

    /**
     * Answers the decision in force. The same one twice is harmless, another one is a Conflict; a draft expires only
     * when nobody decided, so an expiry gives way.
     */
    async decide(id: string, hash: string, state: DecidedState, by: string): Promise<DecidedState> {
      const changed = await db
        .update(draft)
        .set({ state, decidedBy: by, decidedAt: sql`now()` })
        .where(and(eq(draft.id, id), eq(draft.hash, hash), eq(draft.state, 'pending')))
        .returning({ id: draft.id });
      if (changed.length > 0) return state;
      const [row] = await db
        .select({ state: draft.state, hash: draft.hash })
        .from(draft)
        .where(eq(draft.id, id));
      if (!row) throw new ServiceError('NotFound', `There is no draft "${id}"`);
      if (row.hash !== hash) throw new ServiceError('Conflict', 'The draft was changed after you saw it');
      if (row.state === state) return state;
      if (state === 'expired' && row.state !== 'pending') return row.state;
      throw new ServiceError('Conflict', `The draft is ${row.state} already`);
    },

    /** The delivery of a draft, made in state INTENT when there is none: its Message-ID is minted once. */
    async intend(draftId: string, id: string, messageIdHeader: string): Promise<DeliveryRow> {
      await db
        .insert(delivery)
        .values({ id, draftId, messageIdHeader, state: 'INTENT' })
        .onConflictDoNothing();
      const [row] = await db.select().from(delivery).where(eq(delivery.draftId, draftId));
      if (!row) throw new ServiceError('Internal', 'A delivery that was just added is gone');
      return toDelivery(row);
    },

    /** True when this call made the move; false when the delivery was not in state `from` any more. */
    async moveDelivery(
      id: string,
      from: DeliveryState,
      to: DeliveryState,
      facts: { readonly response?: string; readonly by?: string } = {},
    ): Promise<boolean> {
      if (!canMoveDelivery(from, to))
        throw new ServiceError('Internal', `A delivery cannot go from ${from} to ${to}`);
      const rows = await db
        .update(delivery)
        .set({
          state: to,
          attempts: to === 'SENDING' ? sql`${delivery.attempts} + 1` : sql`${delivery.attempts}`,
          updatedAt: sql`now()`,
          ...(facts.response === undefined ? {} : { response: facts.response.slice(0, 500) }),
          ...(facts.by === undefined ? {} : { settledBy: facts.by }),
        })
        .where(and(eq(delivery.id, id), eq(delivery.state, from)))
        .returning({ id: delivery.id });
      return rows.length > 0;
    },

    /** What a person found out about an UNKNOWN delivery; its message is settled with it. */
    async settleUnknown(draftId: string, to: 'SENT' | 'FAILED', by: string): Promise<void> {
      await db.transaction(async (tx) => {
        const moved = await tx
          .update(delivery)
          .set({ state: to, settledBy: by, updatedAt: sql`now()` })
          .where(and(eq(delivery.draftId, draftId), inArray(delivery.state, ['UNKNOWN'])))
          .returning({ id: delivery.id });
        if (moved.length === 0)
          throw new ServiceError('Conflict', 'Only an UNKNOWN delivery can be settled by hand');
        await tx.execute(sql`
          update ${message} set outcome = ${to === 'SENT' ? 'sent' : 'processed'},
            note = ${`delivery settled by ${by}: ${to === 'SENT' ? 'it arrived' : 'it did not arrive'}`}
          where id = (select message_id from draft where id = ${draftId})`);
      });
    },
  });
}

function toDraft(row: typeof draft.$inferSelect): Draft {
  return {
    id: row.id,
    messageId: row.messageId,
    accountId: row.accountId,
    state: row.state,
    from: row.sender,
    to: row.recipients,
    cc: row.cc,
    subject: row.subject,
    text: row.text,
    inReplyTo: row.inReplyTo ?? undefined,
    references: row.references,
    hash: row.hash,
    automatic: row.automatic,
  };
}

interface JoinedRow {
  readonly draft: typeof draft.$inferSelect;
  readonly delivery: typeof delivery.$inferSelect | null;
  readonly bounces: Parameters<typeof toBounceRows>[0];
}

function toDraftRow({ draft: row, delivery: sent, bounces }: JoinedRow): DraftRow {
  return {
    ...toDraft(row),
    decidedBy: row.decidedBy ?? undefined,
    decidedAt: row.decidedAt ?? undefined,
    createdAt: row.createdAt,
    delivery: sent === null ? undefined : toDelivery(sent),
    bounces: toBounceRows(bounces),
  };
}

function toDelivery(row: typeof delivery.$inferSelect): DeliveryRow {
  return {
    id: row.id,
    draftId: row.draftId,
    messageIdHeader: row.messageIdHeader,
    state: row.state,
    attempts: row.attempts,
    response: row.response ?? undefined,
    updatedAt: row.updatedAt,
  };
}
