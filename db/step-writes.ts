import { sql } from 'drizzle-orm';
import type {
  Classification,
  Findings,
  PriorityDecision,
  Provenance,
  Summary,
} from '../src/domain/analysis.ts';
import type { MessageState, Outcome, Stage } from '../src/domain/message.ts';
import type { Priority } from '../src/domain/priority.ts';
import type { Database } from './client.ts';
import { gather } from './gather.ts';
import { toRows } from './rows.ts';
import { storableText } from './storable.ts';

export interface StoredSource {
  readonly sha256: string;
  readonly sealed: Uint8Array;
  readonly account: { readonly id: string; readonly name: string; readonly address: string };
}

interface Classified {
  readonly messageId: string;
  readonly provenance: Provenance;
  readonly decided: Classification;
  readonly stage: Extract<Stage, 'classify' | 'consult'>;
}

interface Summarized {
  readonly messageId: string;
  readonly summary: Summary;
  readonly findings: Findings;
}

interface Settled {
  readonly messageId: string;
  readonly outcome: Outcome;
  readonly note: string | undefined;
}

/** The statements that every message needs, each for all the messages that wait for it at that moment. */
export function createStepWrites(db: Database) {
  return {
    getSource: gather(async (ids: readonly string[]): Promise<(StoredSource | undefined)[]> => {
      const rows = await db.execute<{
        id: string;
        sha256: string;
        sealed: Uint8Array;
        account: string;
        name: string;
        address: string;
      }>(sql`
        select m.id, s.sha256, s.bytes as sealed, a.id as account, a.name, a.address
        from ${toRows(
          ids.map((id) => ({ id })),
          sql`id text`,
        )}
        join message m on m.id = g.id
        join source s on s.sha256 = m.source_sha256
        join account a on a.id = m.account_id`);
      const found = new Map(
        rows.map(({ id, sha256, sealed, account, name, address }) => [
          id,
          { sha256, sealed, account: { id: account, name, address } },
        ]),
      );
      return ids.map((id) => found.get(id));
    }),

    saveClassification: gather(async (items: readonly Classified[]): Promise<undefined[]> => {
      const given = items.map(({ messageId, provenance, decided, stage }) => ({
        id: messageId,
        category: decided.category,
        confidence: decided.confidence,
        stage,
        provenance,
        classification: decided,
      }));
      await db.execute(sql`
        with given as (
          select * from ${toRows(
            given,
            sql`id text, category text, confidence float8, stage text, provenance jsonb, classification jsonb`,
          )}
        ), updated as (
          update message m set stage = g.stage,
            category = case when m.category_by is null then g.category else m.category end,
            confidence = case when m.category_by is null then g.confidence else m.confidence end
          from given g where m.id = g.id
        )
        insert into analysis (message_id, provenance, classification)
        select id, provenance, classification from given
        on conflict (message_id) do update set provenance = excluded.provenance,
          classification = excluded.classification, updated_at = now()`);
      return [];
    }),

    savePriority: gather(
      async (
        items: readonly { messageId: string; decision: PriorityDecision }[],
      ): Promise<(Priority | undefined)[]> => {
        const given = items.map(({ messageId, decision }) => ({
          id: messageId,
          priority: decision.priority,
          decision,
        }));
        const rows = await db.execute<{ id: string; priority: Priority }>(sql`
          with given as (
            select * from ${toRows(given, sql`id text, priority text, decision jsonb`)}
          ), decided as (
            update analysis a set priority = g.decision, updated_at = now() from given g where a.message_id = g.id
          )
          update message m set stage = 'prioritize',
            priority = case when m.priority_by is null then g.priority else m.priority end
          from given g where m.id = g.id returning m.id, m.priority`);
        const inForce = new Map(rows.map(({ id, priority }) => [id, priority]));
        return items.map(({ messageId }) => inForce.get(messageId));
      },
    ),

    saveSummary: gather(async (items: readonly Summarized[]): Promise<undefined[]> => {
      const given = items.map(({ messageId, summary, findings }) => ({
        id: messageId,
        line: storableText(summary.line),
        summary,
        findings,
      }));
      await db.execute(sql`
          with given as (
            select * from ${toRows(given, sql`id text, line text, summary jsonb, findings jsonb`)}
          ), summarized as (
            update analysis a set summary = g.summary, findings = g.findings, updated_at = now() from given g where a.message_id = g.id
          )
          update message m set stage = 'summarize', summary_line = g.line from given g where m.id = g.id`);
      return [];
    }),

    /**
     * A delivery that was unknown to the run may have been settled while the run ended. What is put aside has no draft
     * left to decide.
     */
    settle: gather(async (items: readonly Settled[]): Promise<undefined[]> => {
      const given = items.map(({ messageId, outcome, note }) => ({
        id: messageId,
        state: toState(outcome),
        outcome,
        note: note ?? null,
      }));
      await db.execute(sql`
        with given as (
          select * from ${toRows(given, sql`id text, state text, outcome text, note text`)}
        ), withdrawn as (
          update draft d set state = 'expired', decided_by = coalesce(g.note, g.outcome), decided_at = now()
          from given g where d.message_id = g.id and d.state = 'pending' and g.outcome in ('skipped', 'cancelled')
        )
        update message m set state = g.state, stage = 'settled', note = g.note, settled_at = now(),
          outcome = case when g.outcome <> 'delivery-unknown' then g.outcome else coalesce((
            select case v.state when 'SENT' then 'sent' else 'processed' end
            from draft d join delivery v on v.draft_id = d.id
            where d.message_id = g.id and v.state in ('SENT', 'FAILED')), g.outcome) end
        from given g where m.id = g.id`);
      return [];
    }),
  };
}

function toState(outcome: Outcome): MessageState {
  if (outcome === 'skipped' || outcome === 'cancelled' || outcome === 'quarantined') return outcome;
  return 'settled';
}
