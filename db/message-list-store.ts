import { and, asc, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import type {
  Classification,
  Findings,
  PriorityDecision,
  Provenance,
  Summary,
} from '../src/domain/analysis.ts';
import type { AutomaticKind, MessageState, Outcome, Stage } from '../src/domain/message.ts';
import type { Priority } from '../src/domain/priority.ts';
import { ServiceError } from '../src/domain/service-error.ts';
import type { Database } from './client.ts';
import { newestFirst } from './newest-first.ts';
import { analysis, message, messageBody } from './schema/index.ts';
import { UNFINISHED } from './schema/message.ts';
import type { ViewDetails } from './schema/message-body.ts';
import { translateFailures } from './translate-failures.ts';

export interface MessageListRow {
  readonly id: string;
  readonly accountId: string;
  readonly batchId: string | null;
  readonly conversationId: string | null;
  readonly subject: string;
  readonly fromName: string;
  readonly fromAddress: string;
  readonly receivedAt: Date;
  readonly state: MessageState;
  readonly stage: Stage | null;
  readonly outcome: Outcome | null;
  readonly category: string | null;
  readonly confidence: number | null;
  readonly priority: Priority | null;
  /** Until when somebody is to answer; null: nobody set a time. */
  readonly answerDue: Date | null;
  readonly summaryLine: string | null;
  readonly needsPerson: string | null;
  readonly language: string | null;
  readonly automatic: AutomaticKind | null;
  readonly attachmentCount: number;
}

export interface MessageDetailRow extends MessageListRow {
  readonly note: string | null;
  readonly priorityBy: string | null;
  readonly messageIdHeader: string | null;
  readonly size: number;
  readonly sourceSha256: string;
  readonly label: string;
  readonly parkedAt: Date;
  readonly settledAt: Date | null;
  readonly inlineAnswers: boolean;
  /** Null until the message was read. */
  readonly body: { text: string; visibleText: string; html: string | null; details: ViewDetails } | null;
  readonly analysis: {
    provenance: Provenance;
    classification: Classification;
    priority: PriorityDecision | null;
    summary: Summary | null;
    findings: Findings | null;
  } | null;
}

export interface MessageFilter {
  readonly accountId?: string;
  readonly batchId?: string;
  readonly conversationId?: string;
  readonly category?: string;
  /** A further category. */
  readonly label?: string;
  readonly priority?: Priority;
  readonly state?: MessageState;
  readonly outcome?: Outcome;
  readonly language?: string;
  /** Whether a person has something to decide about it. */
  readonly needsPerson?: boolean;
  /** Its answer was due before now, and its run goes on or waits for a person. */
  readonly overdue?: true;
  /** Web search syntax: words, "phrases", or, -not. */
  readonly search?: string;
  readonly limit: number;
  readonly after?: { readonly receivedAt: Date; readonly id: string };
}

export interface MessageCounts {
  readonly total: number;
  readonly byCategory: Readonly<Record<string, number>>;
  readonly byPriority: Readonly<Record<string, number>>;
  readonly byState: Readonly<Record<string, number>>;
  readonly byOutcome: Readonly<Record<string, number>>;
}

export type MessageListStore = ReturnType<typeof createMessageListStore>;

const LIST_COLUMNS = {
  id: message.id,
  accountId: message.accountId,
  batchId: message.batchId,
  conversationId: message.conversationId,
  subject: message.subject,
  fromName: message.fromName,
  fromAddress: message.fromAddress,
  receivedAt: message.receivedAt,
  state: message.state,
  stage: message.stage,
  outcome: message.outcome,
  category: message.category,
  confidence: message.confidence,
  priority: message.priority,
  answerDue: message.answerDue,
  summaryLine: message.summaryLine,
  needsPerson: message.needsPerson,
  language: message.language,
  automatic: message.automatic,
  attachmentCount: message.attachmentCount,
};

/** What the API and the CLI show of messages. */
export function createMessageListStore(db: Database) {
  return translateFailures({
    /** Newest first. */
    async list(filter: MessageFilter): Promise<MessageListRow[]> {
      const base = db.select(LIST_COLUMNS).from(message).$dynamic();
      const searched =
        filter.search === undefined
          ? base
          : base.innerJoin(
              messageBody,
              and(
                eq(messageBody.messageId, message.id),
                sql`${messageBody.search} @@ websearch_to_tsquery('simple', ${toQuery(filter.search)})`,
              ),
            );
      return searched
        .where(toCondition(filter))
        .orderBy(...newestFirst(message.receivedAt, message.id))
        .limit(filter.limit);
    },

    async get(id: string): Promise<MessageDetailRow> {
      const [row] = await db
        .select({ message, body: messageBody, analysis })
        .from(message)
        .leftJoin(messageBody, eq(messageBody.messageId, message.id))
        .leftJoin(analysis, eq(analysis.messageId, message.id))
        .where(eq(message.id, id));
      if (!row) throw new ServiceError('NotFound', `There is no message "${id}"`);
      return { ...row.message, body: row.body, analysis: row.analysis };
    },

    /** The messages of a conversation, oldest first. */
    async listConversation(conversationId: string, limit: number): Promise<MessageListRow[]> {
      return db
        .select(LIST_COLUMNS)
        .from(message)
        .where(eq(message.conversationId, conversationId))
        .orderBy(asc(message.receivedAt), asc(message.id))
        .limit(limit);
    },

    async count(filter: { accountId?: string; batchId?: string } = {}): Promise<MessageCounts> {
      const rows = await db.execute<CountRow>(sql`
        select case
            when grouping(category) = 0 then 'category' when grouping(priority) = 0 then 'priority'
            when grouping(state) = 0 then 'state' when grouping(outcome) = 0 then 'outcome' else 'total'
          end as dimension,
          coalesce(category, priority, state, outcome) as value, count(*) as n
        from ${message}
        where ${filter.accountId === undefined ? sql`true` : sql`account_id = ${filter.accountId}`}
          and ${filter.batchId === undefined ? sql`true` : sql`batch_id = ${filter.batchId}`}
        group by grouping sets ((category), (priority), (state), (outcome), ())`);
      return {
        total: Number(rows.find((row) => row.dimension === 'total')?.n ?? 0),
        byCategory: pick(rows, 'category'),
        byPriority: pick(rows, 'priority'),
        byState: pick(rows, 'state'),
        byOutcome: pick(rows, 'outcome'),
      };
    },

    /** The messages that the items of a batch stand for, duplicates included, each once. */
    async countBatchItems(batchId: string): Promise<Pick<MessageCounts, 'byCategory' | 'byPriority'>> {
      const rows = await db.execute<CountRow>(sql`
        select case when grouping(category) = 0 then 'category' else 'priority' end as dimension,
          coalesce(category, priority) as value, count(*) as n
        from ${message}
        where id in (select message_id from batch_item where batch_id = ${batchId})
        group by grouping sets ((category), (priority))`);
      return { byCategory: pick(rows, 'category'), byPriority: pick(rows, 'priority') };
    },

    /** Of those that a person has something to decide about. */
    async countNeedingPerson(): Promise<number> {
      return db.$count(message, isNotNull(message.needsPerson));
    },

    /** Settled or waiting for a person, by minute, for the throughput graph; oldest first. */
    async countByMinute(minutes: number): Promise<{ minute: Date; settled: number }[]> {
      const rows = await db.execute<{ minute: string; settled: string }>(sql`
        select date_trunc('minute', settled_at)::text as minute, count(*) as settled from ${message}
        where settled_at > now() - make_interval(mins => ${minutes}) group by 1 order by 1`);
      return rows.map((row) => ({ minute: new Date(row.minute), settled: Number(row.settled) }));
    },
  });
}

type CountRow = { dimension: string; value: string | null; n: string };

function pick(rows: readonly CountRow[], dimension: string): Record<string, number> {
  return Object.fromEntries(
    rows.flatMap((row) =>
      row.dimension === dimension && row.value !== null ? [[row.value, Number(row.n)]] : [],
    ),
  );
}

/** Each minus nests the query once more, and PostgreSQL gives up at 32 (tsquery.c, STACKDEPTH). */
function toQuery(search: string): string {
  return search.replace(/-[-\s]*(?=-)/g, '');
}

function toCondition(filter: MessageFilter) {
  const { after } = filter;
  return and(
    filter.accountId === undefined ? undefined : eq(message.accountId, filter.accountId),
    filter.batchId === undefined ? undefined : eq(message.batchId, filter.batchId),
    filter.conversationId === undefined ? undefined : eq(message.conversationId, filter.conversationId),
    filter.category === undefined ? undefined : eq(message.category, filter.category),
    filter.label === undefined ? undefined : hasLabel(filter.label),
    filter.priority === undefined ? undefined : eq(message.priority, filter.priority),
    filter.state === undefined ? undefined : eq(message.state, filter.state),
    filter.outcome === undefined ? undefined : eq(message.outcome, filter.outcome),
    filter.language === undefined ? undefined : eq(message.language, filter.language),
    filter.needsPerson === undefined
      ? undefined
      : (filter.needsPerson ? isNotNull : isNull)(message.needsPerson),
    filter.overdue && sql`${message.answerDue} < now() and ${message.state} in ${sql.raw(UNFINISHED)}`,
    after &&
      sql`(${message.receivedAt}, ${message.id}) < (${after.receivedAt.toISOString()}::timestamptz, ${after.id})`,
  );
}

/** Written as the index has it. */
function hasLabel(label: string) {
  return sql`${message.id} in (select ${analysis.messageId} from ${analysis}
    where ${analysis.classification} -> 'labels' @> ${JSON.stringify([{ category: label }])}::jsonb)`;
}
