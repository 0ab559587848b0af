import { z } from 'zod';
import { MAX_CONCURRENT_OPERATIONS } from '../../src/contract/import-batch.ts';
import { ACCOUNT_ID_PATTERN } from '../../src/domain/account.ts';
import { BATCH_KINDS, BATCH_STATES } from '../../src/domain/batch.ts';
import { PRIORITIES } from '../../src/domain/priority.ts';
import { instant } from './instant.ts';
import { page, pageQuery } from './page.ts';
import { StructuredMessage } from './structured-message.ts';
import { text } from './text.ts';

export const MAX_BATCH_MESSAGES = 1_000;

const count = z.number().int();
const concurrency = z.number().int().min(1).max(MAX_CONCURRENT_OPERATIONS);

export const BatchTotals = z
  .object({
    messages: count,
    accepted: count,
    duplicates: count,
    processed: count,
    awaitingApproval: count,
    quarantined: count,
    skipped: count,
    cancelled: count,
    running: count,
  })
  .meta({ id: 'BatchTotals' });

export const Batch = z
  .object({
    id: z.string(),
    accountId: z.string(),
    kind: z.enum(BATCH_KINDS),
    state: z.enum(BATCH_STATES),
    reason: z.string().nullable(),
    label: z.string().describe('Where it reads from, without secrets'),
    maxConcurrentOperations: count,
    priority: z.enum(PRIORITIES).nullable().describe('null: a backfill, which yields to all live mail'),
    exhausted: z.boolean().describe('Everything was read; what is left is running'),
    expected: count.nullable().describe('How many items the origin is said to hold'),
    createdAt: instant,
    finishedAt: instant.nullable(),
    totals: BatchTotals,
    workflowUrl: z.string().nullable(),
  })
  .meta({ id: 'Batch' });

/** What the run says of itself just now. */
export const LiveBatch = z.object({
  state: z.enum(['running', 'paused', 'cancelling']),
  page: count,
  exhausted: z.boolean(),
  pending: count.describe('Read and not started'),
  inFlight: count,
  started: count,
  settled: count,
  maxConcurrentOperations: count,
  priority: z.enum([...PRIORITIES, 'BACKFILL']),
});

export const BatchDetail = Batch.extend({
  live: LiveBatch.nullable().describe('null: no run is alive, or it did not answer'),
  liveProblem: z.string().nullable().describe('Why `live` is not known'),
}).meta({ id: 'BatchDetail' });

export const BatchPage = page(Batch);

export const BatchQuery = z.strictObject({
  ...pageQuery,
  accountId: text(48).optional(),
});

export const NewBatch = z
  .strictObject({
    accountId: z.string().regex(ACCOUNT_ID_PATTERN, 'must be the id of an account'),
    messages: z
      .array(StructuredMessage)
      .min(1, 'must hold at least one message')
      .max(MAX_BATCH_MESSAGES, `must hold at most ${MAX_BATCH_MESSAGES} messages; post several batches`)
      .optional(),
    path: text(4_096).optional().describe('A file or folder under MAILROOM_IMPORT_ROOTS, absolute'),
    sql: z
      .strictObject({
        url: z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgres:// URL' }).max(2_000),
        query: text(20_000),
      })
      .optional(),
    maxConcurrentOperations: concurrency.optional(),
    priority: z.enum(PRIORITIES).optional().describe('Without it: a backfill, which yields to all live mail'),
  })
  .refine(
    (body) => [body.messages, body.path, body.sql].filter((origin) => origin !== undefined).length === 1,
    {
      path: ['messages'],
      error: 'give exactly one of messages, path and sql',
    },
  )
  .meta({
    id: 'NewBatch',
    examples: [
      {
        accountId: 'sales',
        messages: [
          {
            from: 'Ada <ada@example.com>',
            to: ['sales@example.org'],
            subject: 'Order',
            text: 'Two, please.',
          },
        ],
        maxConcurrentOperations: 50,
      },
    ],
  });

export const BatchTuning = z
  .strictObject({ maxConcurrentOperations: concurrency.optional(), priority: z.enum(PRIORITIES).optional() })
  .refine((body) => Object.values(body).some((value) => value !== undefined), {
    path: ['maxConcurrentOperations'],
    error: 'give maxConcurrentOperations, priority, or both',
  })
  .meta({ id: 'BatchTuning', examples: [{ maxConcurrentOperations: 10, priority: 'HIGH' }] });

/** As JSON on the wire. */
export type Batch = z.input<typeof Batch>;
export type BatchDetail = z.input<typeof BatchDetail>;
export type BatchPage = z.input<typeof BatchPage>;
export type NewBatch = z.input<typeof NewBatch>;
