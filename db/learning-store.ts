import { and, desc, eq, sql } from 'drizzle-orm';
import type { ExampleOrigin, LearnedField } from '../src/domain/learning.ts';
import type { Database } from './client.ts';
import { learnedExample, learnedModel } from './schema/index.ts';
import { translateFailures } from './translate-failures.ts';

export interface ExampleRow {
  readonly accountId: string;
  readonly field: LearnedField;
  readonly key: string;
  readonly label: string;
  readonly caseKey: string;
  readonly origin: ExampleOrigin;
  readonly messageId: string | null;
  readonly grams: Uint8Array;
  readonly meaning: Uint8Array | null;
}

export interface ModelRow {
  readonly accountId: string;
  readonly field: LearnedField;
  readonly version: string;
  readonly rows: number;
  readonly figures: Readonly<Record<string, number>>;
  readonly body: Uint8Array;
}

/** A model without its body, which takes megabytes. */
export interface ModelSummary extends Pick<ModelRow, 'accountId' | 'field' | 'version' | 'rows'> {
  readonly trainedAt: Date;
}

export type LearningStore = ReturnType<typeof createLearningStore>;

/** PostgreSQL takes a limited statement: so many sealed rows at once. */
const CHUNK = 200;

/** What accounts were taught. */
export function createLearningStore(db: Database) {
  return translateFailures({
    /** A row that was taught before gets its new label; a correction is never replaced by a file. */
    async saveExamples(rows: readonly ExampleRow[]): Promise<void> {
      for (let from = 0; from < rows.length; from += CHUNK) {
        await db
          .insert(learnedExample)
          .values(rows.slice(from, from + CHUNK))
          .onConflictDoUpdate({
            target: [learnedExample.accountId, learnedExample.field, learnedExample.key],
            set: {
              label: sql`excluded.label`,
              caseKey: sql`excluded.case_key`,
              origin: sql`excluded.origin`,
              messageId: sql`excluded.message_id`,
              grams: sql`excluded.grams`,
              meaning: sql`excluded.meaning`,
              taughtAt: sql`now()`,
            },
            setWhere: sql`excluded.origin = 'correction' or ${learnedExample.origin} <> 'correction'`,
          });
      }
    },

    /** The latest first. */
    async listExamples(
      accountId: string,
      field: LearnedField,
      most: number,
      origin?: ExampleOrigin,
    ): Promise<ExampleRow[]> {
      return db
        .select()
        .from(learnedExample)
        .where(
          and(
            eq(learnedExample.accountId, accountId),
            eq(learnedExample.field, field),
            origin === undefined ? undefined : eq(learnedExample.origin, origin),
          ),
        )
        .orderBy(desc(learnedExample.taughtAt), desc(learnedExample.id))
        .limit(most);
    },

    async saveModel(row: ModelRow): Promise<void> {
      await db
        .insert(learnedModel)
        .values(row)
        .onConflictDoUpdate({
          target: [learnedModel.accountId, learnedModel.field],
          set: { ...row, trainedAt: sql`now()` },
        });
    },

    async findModel(accountId: string, field: LearnedField): Promise<ModelRow | undefined> {
      const [row] = await db
        .select()
        .from(learnedModel)
        .where(and(eq(learnedModel.accountId, accountId), eq(learnedModel.field, field)));
      return row;
    },

    /** Of all accounts. */
    async listModels(): Promise<ModelSummary[]> {
      const { accountId, field, version, rows, trainedAt } = learnedModel;
      return db
        .select({ accountId, field, version, rows, trainedAt })
        .from(learnedModel)
        .orderBy(accountId, field);
    },

    /** Changes when what the account was taught does; empty when it was taught nothing. */
    async getState(accountId: string): Promise<string> {
      const rows = await db.execute<{ state: string }>(sql`
        select field || ':' || version as state from learned_model where account_id = ${accountId}
        union all
        select 'corrections:' || count(*) || ':' || extract(epoch from max(taught_at)) from learned_example
        where account_id = ${accountId} and origin = 'correction' having count(*) > 0
        order by 1`);
      return rows.map(({ state }) => state).join(' ');
    },
  });
}
