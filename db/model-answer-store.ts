import { and, eq, gt, sql } from 'drizzle-orm';
import type { Database } from './client.ts';
import { modelAnswer } from './schema/index.ts';
import { translateFailures } from './translate-failures.ts';

/** Older answers are not used; each new one takes a few of them away. */
const KEPT = sql`interval '30 days'`;
const SWEPT_AT_ONCE = 20;

export type ModelAnswerStore = ReturnType<typeof createModelAnswerStore>;

/** Sealed answers of models, kept for thirty days. */
export function createModelAnswerStore(db: Database) {
  return translateFailures({
    async find(key: string): Promise<Uint8Array | undefined> {
      const [row] = await db
        .select({ sealed: modelAnswer.sealed })
        .from(modelAnswer)
        .where(and(eq(modelAnswer.key, key), gt(modelAnswer.answeredAt, sql`now() - ${KEPT}`)));
      return row?.sealed;
    },

    async save(key: string, sealed: Uint8Array): Promise<void> {
      await db
        .insert(modelAnswer)
        .values({ key, sealed })
        .onConflictDoUpdate({ target: modelAnswer.key, set: { sealed, answeredAt: sql`now()` } });
      await db.execute(sql`
        delete from model_answer where key in (
          select key from model_answer where answered_at < now() - ${KEPT}
          order by answered_at limit ${SWEPT_AT_ONCE} for update skip locked
        )`);
    },
  });
}
