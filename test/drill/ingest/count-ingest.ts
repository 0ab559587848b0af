import { setTimeout as wait } from 'node:timers/promises';
import type { DrillMailbox } from './create-mailboxes.ts';
import type { DrillRoom } from './open-drill-room.ts';

export interface IngestCounts {
  /** Delivered and in no row, before an audit could fetch it. */
  readonly lost: number;
  /** Rows beyond one for each that was delivered, whatever became of them, and rows of what nobody delivered there. */
  readonly duplicated: number;
  /** Runs beyond one for each message. */
  readonly startedAgain: number;
  /** By the audits, and rows that are not processed. */
  readonly unaccounted: number;
  /** Found missing by any audit and fetched: a pull had passed them by. */
  readonly healed: number;
  readonly processed: number;
}

/** What of a room the judge looks at. */
export type JudgedRoom = Pick<DrillRoom, 'sql' | 'call'> & {
  readonly temporal: { readonly workflow: Pick<DrillRoom['temporal']['workflow'], 'list'> };
};

interface Expected {
  readonly mailbox: Pick<DrillMailbox, 'accountId'>;
  readonly tokens: readonly string[];
}

interface Audit {
  readonly state: string;
  readonly startedAt: string;
  readonly unaccounted: number;
  readonly healed: number;
  readonly pending: number;
  readonly unfinished: number;
}

const AUDIT_MS = 120_000;

/** Audits every mailbox by the API, then counts by subject what came of each message that was delivered. */
export async function countIngest(room: JudgedRoom, expected: readonly Expected[]): Promise<IngestCounts> {
  const startedAgain = await countSecondRuns(room.temporal);
  const totals = { lost: 0, duplicated: 0, startedAgain, unaccounted: 0, healed: 0, processed: 0 };
  for (const { mailbox, tokens } of expected) {
    const before = await countByToken(room, mailbox.accountId);
    totals.lost += tokens.filter((token) => !before.has(token)).length;
    const audit = await auditNow(room, mailbox.accountId);
    totals.unaccounted += audit.unaccounted + audit.pending + audit.unfinished;
    totals.healed += await countHealed(room, mailbox.accountId);
    const after = await countByToken(room, mailbox.accountId);
    const known = new Set(tokens);
    for (const [token, { settled }] of after) if (!known.has(token ?? '')) totals.duplicated += settled;
    for (const token of tokens) {
      const { rows = 0, settled = 0 } = after.get(token) ?? {};
      totals.duplicated += Math.max(rows - 1, 0);
      totals.processed += Math.min(settled, 1);
    }
  }
  return totals;
}

interface Rows {
  readonly rows: number;
  readonly settled: number;
}

/** null: of rows without one, as those that nobody has read. */
async function countByToken({ sql }: JudgedRoom, accountId: string): Promise<Map<string | null, Rows>> {
  const found = await sql<(Rows & { token: string | null })[]>`
    select substring(subject from '\\[(.+)\\]$') as token, count(*)::int as rows,
      count(*) filter (where state = 'settled')::int as settled
    from message where account_id = ${accountId} group by 1`;
  return new Map(found.map((row) => [row.token, row]));
}

/** By every audit that there was: what one of the schedule fetched had been passed by as well. */
async function countHealed({ sql }: JudgedRoom, accountId: string): Promise<number> {
  const [row] = await sql<{ healed: number }[]>`
    select coalesce(sum(healed), 0)::int as healed from audit where account_id = ${accountId}`;
  return row?.healed ?? 0;
}

async function countSecondRuns({ workflow }: JudgedRoom['temporal']): Promise<number> {
  const runs = new Map<string, number>();
  for await (const { workflowId } of workflow.list({ query: "WorkflowType = 'processMessage'" }))
    runs.set(workflowId, (runs.get(workflowId) ?? 0) + 1);
  return [...runs.values()].reduce((sum, count) => sum + count - 1, 0);
}

/** An audit that met the last faults is made again; what is unfinished ends meanwhile. */
async function auditNow(room: JudgedRoom, accountId: string): Promise<Audit> {
  const deadline = Date.now() + AUDIT_MS;
  for (;;) {
    const startedAfter = Date.now();
    await room.call('POST', `/accounts/${accountId}/audit`);
    const audit = await untilAudited(room, accountId, startedAfter - 5_000, deadline);
    const isDone = audit.state === 'completed' && audit.pending + audit.unfinished === 0;
    if (isDone || Date.now() > deadline) return audit;
    await wait(1_000);
  }
}

async function untilAudited(
  room: JudgedRoom,
  accountId: string,
  after: number,
  deadline: number,
): Promise<Audit> {
  for (;;) {
    const { items } = await room.call<{ items: Audit[] }>('GET', `/accounts/${accountId}/audit`);
    const [newest] = items;
    const isOurs = newest !== undefined && Date.parse(newest.startedAt) > after;
    if (isOurs && newest.state !== 'running') return newest;
    if (Date.now() > deadline + AUDIT_MS) throw new Error(`The audit of ${accountId} does not end`);
    await wait(200);
  }
}
