import { z } from 'zod';
import { text } from './text.ts';

export const MAX_PAGE = 200;

/** Query parameters of every list. */
export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(MAX_PAGE).default(50).describe(`1 to ${MAX_PAGE}`),
  cursor: text(500).optional().describe('`nextCursor` of the page before'),
};

/** One page of a list; `nextCursor` is null on the last one. */
export function page<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}
