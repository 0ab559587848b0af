import { z } from 'zod';
import { PRIORITIES } from '../../domain/priority.ts';
import type { Taxonomy } from '../../domain/taxonomy.ts';

/** What a model has to answer, checked against the taxonomy in force. */
export type ModelAnswer = z.infer<ReturnType<typeof createModelAnswerSchema>>;

/** A model that writes more than this did not follow its task. Characters. */
const TEXT = z.string().max(2000);

export function createModelAnswerSchema(taxonomy: Taxonomy) {
  const category = z.enum(taxonomy.categories.map(({ id }) => id));
  return z.strictObject({
    category,
    category_reason: TEXT,
    alternatives: z.array(category).max(10),
    labels: z.array(category).max(10),
    needs_action: z.boolean(),
    priority: z.enum(PRIORITIES),
    priority_reason: TEXT,
    line: TEXT.trim().min(1),
    points: z.array(TEXT).max(20),
    suspicious: z.boolean(),
    suspicion_reason: TEXT,
  });
}
