import { sql } from 'drizzle-orm';
import type { AuditTotals } from '../src/domain/audit.ts';
import type { ProviderWait } from '../src/domain/provider-wait.ts';
import type { Database } from './client.ts';
import { UNFINISHED } from './schema/message.ts';
import { translateFailures } from './translate-failures.ts';

/** What is counted of an account, beside what its row says. */
export interface AccountCounts {
  readonly accountId: string;
  readonly createdAt: Date;
  /** When the message that was received last was taken in. */
  readonly lastMessageAt: Date | undefined;
  /** When the oldest one was taken in that is parked or running. */
  readonly waitingSince: Date | undefined;
  /** Those that wait for a person too. */
  readonly unfinished: number;
  readonly quarantined: number;
  readonly today: { readonly messages: number; readonly bytes: number };
  /** The last audit that came to its end; none of an account without a mailbox (`hasMailbox`): it has nothing to audit. */
  readonly ledger: (AuditTotals & { readonly auditedAt: Date }) | undefined;
  readonly pushError: string | undefined;
  /** The last pull was asked for it; it may have passed. */
  readonly wait: ProviderWait | undefined;
  /** Tokens are stored; a client signs in without. */
  readonly hasTokens: boolean;
}

type Row = Record<string, string | number | boolean | null>;

export type AccountFactsStore = ReturnType<typeof createAccountFactsStore>;

/** What health is judged by. */
export function createAccountFactsStore(db: Database) {
  return translateFailures({
    // `nulls last` as in the indexes: without it none of them fits.
    /** Every account, or one; one query, which reads the unfinished messages and a few rows of each account. */
    async count(accountId?: string): Promise<Map<string, AccountCounts>> {
      const only = accountId === undefined ? sql`` : sql`where a.id = ${accountId}`;
      const own = (column: string) =>
        accountId === undefined ? sql`` : sql`and ${sql.raw(column)} = ${accountId}`;
      const rows = await db.execute<Row>(sql`
        with unfinished as (
          select account_id, count(*)::int as n,
            min(parked_at) filter (where state in ('parked', 'running')) as waiting_since
          from message where state in ${sql.raw(UNFINISHED)} ${own('account_id')} group by 1
        ), held as (
          select account_id, count(*)::int as n
          from quarantine where resolved_at is null ${own('account_id')} group by 1
        )
        select a.id, ${epoch('a.created_at')} as created, ${epoch('m.parked_at')} as last_message,
          ${epoch('u.waiting_since')} as waiting, coalesce(u.n, 0) as unfinished, coalesce(q.n, 0) as held,
          coalesce(d.messages, 0) as day_messages, coalesce(d.bytes, 0)::text as day_bytes, p.last_error as push_error,
          t.account_id is not null as has_tokens, ${epoch('w.until')} as wait_until, w.reason as wait_reason, ${epoch('l.finished_at')} as audited, l.listed, l.processed,
          l.unfinished as ledger_unfinished, l.skipped, l.quarantined, l.deleted, l.pending, l.missing, l.healed, l.gone
        from account a
          left join unfinished u on u.account_id = a.id
          left join held q on q.account_id = a.id
          left join account_day d on d.account_id = a.id and d.day = (now() at time zone 'utc')::date
          left join push_subscription p on p.account_id = a.id
          left join account_token t on t.account_id = a.id
          left join provider_wait w on w.account_id = a.id and w.asked_at >= a.last_pull_at
          left join lateral (
            select parked_at from message where account_id = a.id order by received_at desc nulls last, id desc nulls last limit 1
          ) m on true
          left join lateral (
            select * from audit where account_id = a.id and state = 'completed' and (a.kind <> 'files' or a.files is not null) order by started_at desc nulls last limit 1
          ) l on true
        ${only}`);
      return new Map(rows.map((row) => [String(row.id), toCounts(row)]));
    },
  });
}

/** Milliseconds: a raw query leaves instants as the server writes them. */
function epoch(column: string) {
  return sql.raw(`(extract(epoch from ${column}) * 1000)::float8`);
}

function toCounts(row: Row): AccountCounts {
  return {
    accountId: String(row.id),
    createdAt: toDate(row.created) ?? new Date(0),
    lastMessageAt: toDate(row.last_message),
    waitingSince: toDate(row.waiting),
    unfinished: Number(row.unfinished),
    quarantined: Number(row.held),
    today: { messages: Number(row.day_messages), bytes: Number(row.day_bytes) },
    ledger: toLedger(row),
    pushError: typeof row.push_error === 'string' ? row.push_error : undefined,
    wait: toWait(row),
    hasTokens: row.has_tokens === true,
  };
}

function toWait({ wait_until, wait_reason }: Row): ProviderWait | undefined {
  const until = toDate(wait_until);
  return until && { until, reason: String(wait_reason) };
}

function toLedger(row: Row): AccountCounts['ledger'] {
  const auditedAt = toDate(row.audited);
  if (auditedAt === undefined) return undefined;
  return {
    auditedAt,
    listed: Number(row.listed),
    processed: Number(row.processed),
    unfinished: Number(row.ledger_unfinished),
    skipped: Number(row.skipped),
    quarantined: Number(row.quarantined),
    deleted: Number(row.deleted),
    pending: Number(row.pending),
    missing: Number(row.missing),
    healed: Number(row.healed),
    gone: Number(row.gone),
  };
}

function toDate(value: Row[string] | undefined): Date | undefined {
  return typeof value === 'number' ? new Date(value) : undefined;
}
