import { z } from 'zod';
import { PRIORITIES } from '../../src/domain/priority.ts';

/** Of the default one, ten times over. Characters. */
const MOST = 1_000_000;

export const Taxonomy = z
  .object({
    version: z.string().describe('Changes with what it says; part of every decision'),
    own: z.boolean().describe('false: the account has none of its own, these are those of the house'),
    categories: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        description: z.string(),
        examples: z.array(z.string()),
        answerWithinMinutes: z.number().int().nullable().describe('null: no time is set'),
        important: z
          .boolean()
          .describe('A model gives its mail a second read, however sure the local engine is'),
        priority: z.enum(PRIORITIES).describe('Where a message starts'),
        odoo: z.enum(['lead', 'note', 'none']),
        reply: z.enum(['off', 'draft', 'auto']),
      }),
    ),
    replyLanguages: z.array(z.string()),
    yaml: z.string().nullable().describe('As it was written; null: those of the house'),
  })
  .meta({ id: 'Taxonomy' });

export const NewTaxonomy = z
  .strictObject({
    yaml: z
      .string('must be the text of a taxonomy, YAML or JSON')
      .min(1)
      .max(MOST)
      .describe('As in src/analysis/taxonomy/default.yaml; without `replies` those of the house are used'),
  })
  .meta({
    id: 'NewTaxonomy',
    examples: [
      {
        yaml: 'categories:\n  - { id: booking, name: Booking, description: Wants a table., priority: HIGH, odoo: note, reply: draft, examples: [A table for two tonight] }\n  - { id: other, name: Other, description: The rest., priority: NORMAL, odoo: none, reply: off }\n',
      },
    ],
  });
