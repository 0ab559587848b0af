import { z } from 'zod';

/** RFC 9457. `fix` says what to do about it; `errors` names each field of a request that does not fit. */
export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    fix: z.string().optional(),
    errors: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
    requestId: z.string().optional(),
    batchId: z.string().optional().describe('The batch that was stored although it could not be started'),
  })
  .meta({
    id: 'Problem',
    examples: [
      {
        type: 'urn:mailroom:failure:NotFound',
        title: 'Not found',
        status: 404,
        detail: 'There is no message "abc"',
      },
    ],
  });

export type Problem = z.output<typeof Problem>;

/** Added to the answers of every route. */
export const problemAnswers = {
  default: {
    description: 'What went wrong, and what to do about it',
    content: { 'application/problem+json': { schema: Problem } },
  },
};
