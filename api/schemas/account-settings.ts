import { z } from 'zod';
import { MAX_CONCURRENT_OPERATIONS } from '../../src/contract/import-batch.ts';
import { INGEST_MODES } from '../../src/domain/account.ts';
import { folderNames, labelNames } from './account-connection.ts';
import { line } from './text.ts';

const limit = (from: number, to: number, what: string) =>
  z.number().int().min(from).max(to).nullable().optional().describe(`${what}; null: no limit`);

export const Limits = z
  .strictObject({
    lookBackDays: limit(1, 36_500, 'Days back that are read at first sight'),
    messagesPerMinute: limit(1, 100_000, 'How fast its mail is taken in'),
    concurrentMessages: limit(1, MAX_CONCURRENT_OPERATIONS, 'Messages processed at once'),
    messagesPerDay: limit(1, 100_000_000, 'Of a UTC day; the rest waits in the mailbox'),
    bytesPerDay: limit(1_000, 1e15, 'Of a UTC day; the rest waits in the mailbox'),
  })
  .meta({ id: 'AccountLimits', examples: [{ lookBackDays: 30, messagesPerDay: 5_000 }] });

export const WriteBack = z
  .strictObject({
    seen: z.boolean().optional().describe('Mark it read; default false'),
    label: line(100).nullable().optional().describe('Keyword, category or label to add'),
    folder: line(500).nullable().optional().describe('Folder to move it to'),
  })
  .meta({ id: 'WriteBack', examples: [{ seen: true, folder: 'Done' }] });

export const pullEverySeconds = z
  .number()
  .int()
  .min(30, 'must be 30 seconds at least')
  .max(86_400, 'must be 86400 seconds (a day) at most');

/** What may be set on every account, whatever it reads. */
export const SETTINGS = {
  mode: z.enum(INGEST_MODES).optional(),
  pullEverySeconds: pullEverySeconds.optional().describe('Default 60'),
  limits: Limits.nullable().optional().describe('null: none'),
  writeBack: WriteBack.nullable()
    .optional()
    .describe(
      'What is done to a message in its mailbox once it has ended; a part that is left out stays, null lifts it; null: nothing',
    ),
  push: z.boolean().optional().describe('Be told of new mail by the provider too; default true'),
} as const;

export const address = z.email('must be an e-mail address').max(254);

/** What is left out stays as it is. */
export const AccountChange = z
  .strictObject({
    ...SETTINGS,
    name: line(200).optional(),
    address: address.optional(),
    folders: folderNames.optional().describe('imap and graph; one that is new is read from the look-back on'),
    labels: labelNames.optional().describe('gmail'),
    modelSeesPii: z.boolean().optional(),
  })
  .refine((change) => Object.keys(change).length > 0, 'must change something')
  .meta({
    id: 'AccountChange',
    examples: [{ pullEverySeconds: 300, folders: ['INBOX', 'Orders'], limits: { messagesPerDay: 2_000 } }],
  });

export type AccountChange = z.output<typeof AccountChange>;
