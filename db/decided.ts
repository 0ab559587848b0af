import { type SQL, sql } from 'drizzle-orm';
import type { Findings, Provenance, Reading } from '../src/domain/analysis.ts';
import { storableText, toJsonb } from './storable.ts';

/** What was decided about a message, and what decided it. */
export interface Decided extends Reading {
  readonly findings: Findings;
  readonly provenance: Provenance;
}

/** For the `update` of a message. What a person chose stays in force, and so does the answer time of it. */
export function toDecidedColumns({ classification, priority, summary }: Decided): SQL {
  return sql`category = case when category_by is null then ${classification.category} else category end,
    confidence = case when category_by is null then ${classification.confidence} else confidence end,
    summary_line = ${storableText(summary.line)},
    priority = case when priority_by is null then ${priority.priority} else priority end,
    answer_due = case when category_by is null or category = ${classification.category} then
      ${priority.answerDue ?? null}::timestamptz else answer_due end,
    needs_person = nullif(concat_ws('; ',
      case when category_by is null then ${toStorable(classification.needsPerson)}::text end,
      case when priority_by is null then ${toStorable(priority.needsPerson)}::text end), '')`;
}

function toStorable(text: string | undefined): string | null {
  return text === undefined ? null : storableText(text);
}

/** Puts it on record for each message of the common table `updated`. */
export function insertDecided({ provenance, classification, priority, summary, findings }: Decided): SQL {
  return sql`insert into analysis (message_id, provenance, classification, priority, summary, findings)
    select id, ${toJsonb(provenance)}::jsonb, ${toJsonb(classification)}::jsonb, ${toJsonb(priority)}::jsonb,
      ${toJsonb(summary)}::jsonb, ${toJsonb(findings)}::jsonb from updated
    on conflict (message_id) do update set provenance = excluded.provenance, updated_at = now(),
      classification = excluded.classification, priority = excluded.priority, summary = excluded.summary,
      findings = excluded.findings`;
}
