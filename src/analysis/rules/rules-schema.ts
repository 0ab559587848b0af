import { z } from 'zod';
import { ACCOUNT_ID_PATTERN } from '../../domain/account.ts';
import { PRIORITIES } from '../../domain/priority.ts';
import { durationSchema } from '../taxonomy/duration-schema.ts';

const MOST_VALUES = 200;
const ID = /^[a-z0-9][a-z0-9-]{0,47}$/;

/** One value, or a list of them. */
function some(value: z.ZodString) {
  return z
    .union([value.transform((one) => [one]), z.array(value).min(1, 'must not be empty').max(MOST_VALUES)])
    .optional();
}

const line = (max: number) => z.string().trim().min(1, 'must not be empty').max(max);
const address = line(254).regex(/^[^\s@]*@[^\s@]+$/, 'must be an address, or `@domain`');
const category = line(48);

const when = z
  .strictObject({
    from: some(address),
    listId: some(line(255)),
    subject: some(line(200)),
    to: some(address),
    account: some(line(48).regex(ACCOUNT_ID_PATTERN, 'must be the id of an account')),
  })
  .refine(
    ({ account: _, ...rest }) => Object.values(rest).some((values) => values !== undefined),
    'must name `from`, `listId`, `subject` or `to`',
  );

const effect = z
  .strictObject({
    category: category.optional(),
    priority: z.enum(PRIORITIES).optional(),
    labels: some(category),
    answerWithin: durationSchema.optional(),
    important: z.literal(true, 'must be true, or left out').optional(),
  })
  .refine(
    (value) => Object.values(value).some((one) => one !== undefined),
    'must name `category`, `priority`, `labels`, `important` or `answerWithin`',
  );

/** The shape of a file of rules; whether categories exist is checked in `parseRules`. */
export const rulesSchema = z.strictObject({
  rules: z
    .array(
      z.strictObject({
        id: z.string().regex(ID, 'must be lower-case words joined by hyphens'),
        when,
        // biome-ignore lint/suspicious/noThenProperty: it is never awaited, and reads best in a rule
        then: effect,
      }),
    )
    .max(1000),
});
