import { z } from 'zod';
import { PRIORITIES } from '../../domain/priority.ts';
import { durationSchema } from './duration-schema.ts';

const LANGUAGE = /^(?:[a-z]{2}|\*)$/;
const line = (max: number) => z.string().trim().min(1, 'must not be empty').max(max);

const signals = z.record(
  z.string().regex(LANGUAGE, 'must be an ISO 639-1 code such as `en`, or `*`'),
  z.union([
    z.array(line(80)),
    z
      .string()
      .transform(splitPhrases)
      .pipe(z.array(line(80))),
  ]),
);

const rule = z
  .strictObject({
    from: line(254)
      .regex(/^[^\s@]*@[^\s@]+$/, 'must be an address, or `@domain`')
      .optional(),
    subject: line(200).optional(),
  })
  .refine(
    (value) => value.from !== undefined || value.subject !== undefined,
    'must name `from` or `subject`',
  );

const category = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{0,47}$/, 'must be lower-case words joined by hyphens'),
  name: line(60),
  description: line(300),
  examples: z.array(line(300)).max(10).optional(),
  rules: z.array(rule).max(200).optional(),
  important: z.boolean().optional(),
  signals: signals.default({}),
  priority: z.enum(PRIORITIES),
  answerWithin: durationSchema.optional(),
  odoo: z.enum(['lead', 'note', 'none']),
  reply: z.enum(['off', 'draft', 'auto']),
});

/** The shape of a taxonomy file; what needs more than one field is checked in `parseTaxonomy`. */
export const taxonomySchema = z.strictObject({
  categories: z.array(category).min(1, 'must list at least one category').max(200),
  replies: z
    .record(z.string().regex(LANGUAGE, 'must be an ISO 639-1 code such as `en`'), line(4000))
    .optional(),
});

/** `refund*, money back` is the two phrases: shorter to write and to read than a list. */
function splitPhrases(text: string): string[] {
  return text
    .split(',')
    .map((phrase) => phrase.trim().replace(/\s+/g, ' '))
    .filter((phrase) => phrase !== '');
}
