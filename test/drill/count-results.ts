import type postgres from 'postgres';
import type { ReceivedMessage } from '../support/smtp/start-smtp-server.ts';

export interface KillResults {
  readonly messages: number;
  /** Given and not in the end decided. */
  readonly lost: number;
  readonly duplicateRows: number;
  readonly doubleSends: number;
  readonly drafts: number;
  readonly sent: number;
  /** Cut while on the way: settled by a person, never sent again. */
  readonly unknown: number;
  /** Recorded as sent, and the server has no copy. */
  readonly sentButMissing: number;
  readonly quarantined: number;
  readonly byOutcome: Readonly<Record<string, number>>;
}

/** What Postgres and the mail server say after the drill. */
export async function countResults(
  sql: postgres.Sql,
  n: number,
  received: readonly ReceivedMessage[],
): Promise<KillResults> {
  const outcomes = await sql<{ outcome: string; n: number }[]>`
    select coalesce(outcome, state) as outcome, count(*)::int as n from message group by 1`;
  const byOutcome = Object.fromEntries(outcomes.map((row) => [row.outcome, row.n]));
  const [rows] = await sql<{ messages: number; contents: number; decided: number; sources: number }[]>`
    select count(*)::int as messages, count(distinct source_sha256)::int as contents,
      count(*) filter (where (outcome is not null or state = 'awaiting-approval') and exists (
        select 1 from message_body b join analysis a using (message_id) where b.message_id = message.id
          and a.priority is not null and a.summary is not null))::int as decided,
      (select count(*)::int from source) as sources
    from message`;
  const deliveries = await sql<{ state: string; id: string }[]>`
    select state, message_id_header as id from delivery`;
  const [drafts] = await sql<{ n: number }[]>`select count(*)::int as n from draft`;
  const copies = new Map<string, number>();
  for (const { messageId } of received) copies.set(messageId, (copies.get(messageId) ?? 0) + 1);
  const answered = new Map<string, number>();
  for (const { raw } of received) {
    const parent = /^In-Reply-To:\s*<([^>]+)>/im.exec(raw.toString('latin1'))?.[1] ?? '';
    answered.set(parent, (answered.get(parent) ?? 0) + 1);
  }
  const twice = (counts: ReadonlyMap<string, number>) =>
    [...counts.values()].reduce((sum, c) => sum + c - 1, 0);
  const messages = rows?.messages ?? 0;
  return {
    messages,
    lost: n - (rows?.decided ?? 0),
    duplicateRows: messages - (rows?.contents ?? 0),
    doubleSends: Math.max(twice(copies), twice(answered)),
    drafts: drafts?.n ?? 0,
    sent: deliveries.filter(({ state }) => state === 'SENT').length,
    unknown: deliveries.filter(({ state }) => state === 'UNKNOWN').length,
    sentButMissing: deliveries.filter(({ state, id }) => state === 'SENT' && !copies.has(id)).length,
    quarantined: byOutcome.quarantined ?? 0,
    byOutcome,
  };
}
