import { type SQL, sql } from 'drizzle-orm';
import { type MessageState, type Outcome, PUT_ASIDE_STATES } from '../src/domain/message.ts';
import type { Database } from './client.ts';
import { UNFINISHED, UNFINISHED_STATES } from './schema/message.ts';

/** Who ends a message. */
export interface Ender {
  /** Ends it once: its repeats, and what of it comes after the message was reopened, change nothing. */
  readonly runId?: string | undefined;
  /** By a person's word also what was put aside; what is processed stays processed. */
  readonly putAside?: boolean;
}

const UNSETTLED = `('${[...UNFINISHED_STATES, ...PUT_ASIDE_STATES].join("', '")}')`;

/** The condition under which it may end a message. */
export function mayEnd({ runId, putAside = false }: Ender): SQL {
  const inTime = sql`state in ${sql.raw(putAside ? UNSETTLED : UNFINISHED)}`;
  return runId === undefined ? inTime : sql`${inTime} and ended_by_run is distinct from ${runId}::text`;
}

/**
 * A delivery that was unknown to the run may have been settled while the run ended. What is put aside has no draft
 * left to decide.
 * @returns false: it had ended already.
 */
export async function settleMessage(
  db: Database,
  messageId: string,
  outcome: Outcome,
  note: string | undefined,
  ender: Ender,
): Promise<boolean> {
  const known = sql`(select case v.state when 'SENT' then 'sent' else 'processed' end
    from draft d join delivery v on v.draft_id = d.id
    where d.message_id = ${messageId} and v.state in ('SENT', 'FAILED'))`;
  const final = outcome === 'delivery-unknown' ? sql`coalesce(${known}, ${outcome})` : sql`${outcome}`;
  const rows = await db.execute(sql`
    with ended as (
      update message set state = ${toState(outcome)}, stage = 'settled', outcome = ${final},
        note = ${note ?? null}, settled_at = now(), ended_by_run = coalesce(${ender.runId ?? null}::text, ended_by_run),
        needs_person = case when ${outcome}::text in ('skipped', 'cancelled', 'sent', 'draft-rejected') then null
          else needs_person end
      where id = ${messageId} and ${mayEnd(ender)}
      returning id
    ), withdrawn as (
      update draft set state = 'expired', decided_by = ${note ?? outcome}, decided_at = now()
      where message_id in (select id from ended) and state = 'pending'
        and ${outcome}::text in ('skipped', 'cancelled')
    )
    select id from ended`);
  return rows.length > 0;
}

function toState(outcome: Outcome): MessageState {
  return PUT_ASIDE_STATES.find((state) => state === outcome) ?? 'settled';
}
