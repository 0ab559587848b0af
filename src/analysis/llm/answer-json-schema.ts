import { PRIORITIES } from '../../domain/priority.ts';
import type { Taxonomy } from '../../domain/taxonomy.ts';
import type { ANSWER_FIELDS } from './answer-fields.ts';

const text = { type: 'string' } as const;

/**
 * The JSON schema that providers hold a model to. Structured outputs know no lengths or counts, and want every property
 * required and no others (platform.claude.com/docs/en/build-with-claude/structured-outputs); zod checks the rest.
 */
export function createAnswerJsonSchema(taxonomy: Taxonomy): Record<string, unknown> {
  const category = { type: 'string', enum: taxonomy.categories.map(({ id }) => id) };
  const properties = {
    category,
    category_reason: text,
    alternatives: { type: 'array', items: category },
    labels: { type: 'array', items: category },
    needs_action: { type: 'boolean' },
    priority: { type: 'string', enum: [...PRIORITIES] },
    priority_reason: text,
    line: text,
    points: { type: 'array', items: text },
    suspicious: { type: 'boolean' },
    suspicion_reason: text,
  } satisfies Record<(typeof ANSWER_FIELDS)[number], unknown>;
  return { type: 'object', properties, required: Object.keys(properties), additionalProperties: false };
}
