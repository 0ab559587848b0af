import type { z } from 'zod';
import type { Taxonomy as Categories } from '../../src/domain/taxonomy.ts';
import type { Taxonomy } from '../schemas/taxonomy.ts';

/** Signals are left out: they are long, and `yaml` has them. */
export function toTaxonomyAnswer(
  { version, categories, replies }: Categories,
  yaml: string | undefined,
): z.output<typeof Taxonomy> {
  return {
    version,
    own: yaml !== undefined,
    categories: categories.map(
      ({ id, name, description, examples, important, answerWithin, priority, odoo, reply }) => ({
        id,
        name,
        description,
        examples: [...(examples ?? [])],
        answerWithinMinutes: answerWithin ?? null,
        important: important ?? false,
        priority,
        odoo,
        reply,
      }),
    ),
    replyLanguages: Object.keys(replies),
    yaml: yaml ?? null,
  };
}
