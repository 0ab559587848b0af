import { z } from 'zod';
import { STAGES } from '../../src/domain/message.ts';
import { instant } from './instant.ts';
import { page, pageQuery } from './page.ts';
import { text } from './text.ts';

export const MAX_RETRIES_A_CALL = 500;

export const QuarantineEntry = z
  .object({
    id: z.number().int(),
    accountId: z.string(),
    messageId: z.string().nullable().describe('null: it failed at the door and was never stored'),
    batchId: z.string().nullable(),
    label: z.string(),
    stage: z.enum([...STAGES, 'intake']),
    failureType: z.string(),
    reason: z.string(),
    createdAt: instant,
    resolvedAt: instant.nullable(),
    resolution: z.enum(['retried', 'skipped']).nullable(),
  })
  .meta({ id: 'QuarantineEntry' });

export const QuarantinePage = page(QuarantineEntry);

export const QuarantineQuery = z.strictObject({
  ...pageQuery,
  accountId: text(48).optional(),
  open: z.enum(['true', 'false']).default('true').describe('false: with those that were dealt with'),
});

export const QuarantineParams = z.object({ id: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) });

export const RetryAllBody = z
  .strictObject({ accountId: text(48).optional() })
  .nullish()
  .transform((body) => body ?? {});

export const RetryAllAnswer = z
  .object({
    retried: z.number().int(),
    failed: z.array(z.object({ id: z.number().int(), detail: z.string() })),
    remaining: z.number().int().describe('Open entries after this call; call again while it goes down'),
  })
  .meta({ id: 'RetryAllAnswer' });

/** As JSON on the wire. */
export type QuarantineEntry = z.input<typeof QuarantineEntry>;
export type QuarantinePage = z.input<typeof QuarantinePage>;
