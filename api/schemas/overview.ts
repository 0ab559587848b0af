import { z } from 'zod';
import { instant } from './instant.ts';

const counts = z.record(z.string(), z.number().int());

/** What the first page shows. */
export const Overview = z
  .object({
    messages: z.number().int(),
    byCategory: counts,
    byPriority: counts,
    byState: counts,
    byOutcome: counts,
    throughput: z
      .array(z.object({ minute: instant, settled: z.number().int() }))
      .describe('Settled messages by minute, oldest first; minutes without any are left out'),
    quarantineOpen: z.number().int(),
    pendingDrafts: z.number().int(),
    needPerson: z.number().int().describe('Messages that a person has something to decide about'),
    temporalUiUrl: z.string().nullable(),
  })
  .meta({ id: 'Overview' });

export const OverviewQuery = z.strictObject({
  minutes: z.coerce.number().int().min(1).max(1_440).default(60).describe('Length of `throughput`'),
});

/** As JSON on the wire. */
export type Overview = z.input<typeof Overview>;
