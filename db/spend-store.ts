import { eq, sql } from 'drizzle-orm';
import type { ModelSpend } from '../src/domain/model-budget.ts';
import type { Database } from './client.ts';
import { modelSpend } from './schema/index.ts';
import { translateFailures } from './translate-failures.ts';

/** Of the database: all workers agree on it, whatever their clocks say. */
const TODAY = sql`(now() at time zone 'utc')::date`;

export type SpendStore = ReturnType<typeof createSpendStore>;

/** What models took, by account and day. One row, one statement: workers that ask at once wait for each other. */
export function createSpendStore(db: Database) {
  return translateFailures({
    /**
     * Sets tokens aside while less than `limit` is taken; answers the day they count for, or undefined: refused. A refusal
     * counts where all of the day is taken, `whole`, and not only the share that was open to the call.
     */
    async reserve(
      accountId: string,
      tokens: number,
      limit: number | undefined,
      whole = limit,
    ): Promise<string | undefined> {
      const isLeft = limit === undefined ? sql`true` : sql`model_spend.tokens < ${limit}`;
      const [row] = await db.execute<{ day: string | null }>(sql`
        with reserved as (
          insert into model_spend (account_id, day, tokens, calls)
          select ${accountId}, ${TODAY}, ${tokens}, 1 where ${limit ?? 1} > 0
          on conflict (account_id, day) do update
            set tokens = model_spend.tokens + excluded.tokens, calls = model_spend.calls + 1
            where ${isLeft}
          returning day
        )
        select (select day::text from reserved) as day`);
      if (row?.day) return row.day;
      await db.execute(sql`
        insert into model_spend (account_id, day, refused) select ${accountId}, ${TODAY}, 1 where ${whole ?? 1} <= 0
        on conflict (account_id, day) do update set refused = model_spend.refused + 1`);
      await db.execute(sql`
        update model_spend set refused = refused + 1
        where account_id = ${accountId} and day = ${TODAY} and ${whole ?? 1} > 0 and tokens >= ${whole ?? 1}`);
      return undefined;
    },

    /** After the call: what it took more than was set aside, or less. */
    async settle(accountId: string, day: string, difference: number): Promise<void> {
      await db.execute(sql`
        update model_spend set tokens = greatest(0, tokens + ${difference})
        where account_id = ${accountId} and day = ${day}::date`);
    },

    /** Of today, by account; accounts without any call are left out. */
    async listToday(): Promise<ReadonlyMap<string, ModelSpend>> {
      const rows = await db.select().from(modelSpend).where(eq(modelSpend.day, TODAY));
      return new Map(
        rows.map(({ accountId, tokens, calls, refused }) => [accountId, { tokens, calls, refused }]),
      );
    },
  });
}
