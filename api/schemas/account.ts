import { z } from 'zod';
import { ACCOUNT_ID_PATTERN, ACCOUNT_KINDS, ACCOUNT_STATES, INGEST_MODES } from '../../src/domain/account.ts';
import { instant } from './instant.ts';
import { text } from './text.ts';

const count = z.number().int();
const tokensPerDay = count.min(0).max(1_000_000_000_000);
const SECURITY = ['tls', 'starttls', 'none'] as const;

export const ImapSettings = z
  .strictObject({
    host: z
      .string()
      .max(255)
      .regex(/^[A-Za-z0-9.:[\]_-]+$/, 'must be a host name or address, without scheme and port'),
    port: z.number().int().min(1).max(65_535).default(993),
    security: z.enum(SECURITY).default('tls').describe('none: only for loopback hosts'),
    username: text(320),
    folders: z.array(text(500)).min(1).max(50).default(['INBOX']),
    allowSelfSigned: z.boolean().default(false).describe('Only for loopback hosts'),
  })
  .meta({ id: 'ImapSettings' });

export const Account = z
  .object({
    id: z.string(),
    kind: z.enum(ACCOUNT_KINDS),
    name: z.string(),
    address: z.string(),
    mode: z.enum(INGEST_MODES),
    state: z.enum(ACCOUNT_STATES),
    stateReason: z.string().nullable(),
    pullEverySeconds: z.number().int(),
    imap: z
      .object({
        host: z.string(),
        port: z.number().int(),
        security: z.enum(SECURITY),
        username: z.string(),
        folders: z.array(z.string()),
        allowSelfSigned: z.boolean(),
      })
      .nullable(),
    modelSeesPii: z.boolean().optional(),
    modelBudget: z
      .object({
        tokensPerDay: count.nullable().describe('In force, its own or that of the house; null: no limit'),
        own: z.boolean().describe('false: that of the house'),
        tokens: count.describe('Taken today, UTC; calls under way as reckoned'),
        calls: count,
        refused: count.describe('Second reads that were not made today because nothing was left'),
      })
      .describe('What models on the network may read and write for it'),
    lastPullAt: instant.nullable(),
    lastPullError: z.string().nullable(),
  })
  .meta({ id: 'Account' });

const shared = {
  id: z
    .string()
    .regex(ACCOUNT_ID_PATTERN, 'must be a slug: lower-case letters, digits and dashes, at most 48'),
  name: text(200),
  address: z.email('must be an e-mail address').max(254),
  modelSeesPii: z
    .boolean()
    .default(false)
    .describe('Models on the network read names, addresses and numbers; without it, placeholders'),
  modelTokensPerDay: tokensPerDay
    .optional()
    .describe('What models may read and write for it in a day, UTC; without it, as the house allows'),
};

const FilesAccount = z.strictObject({
  ...shared,
  kind: z.literal('files'),
  mode: z
    .literal('manual', { error: 'must be manual: a files account has nothing to pull' })
    .default('manual'),
});

const ImapAccount = z.strictObject({
  ...shared,
  kind: z.literal('imap'),
  mode: z.enum(INGEST_MODES).default('hybrid'),
  pullEverySeconds: z.number().int().min(10).max(86_400).default(60),
  imap: ImapSettings,
  secret: text(4_096).describe('The password; stored encrypted, never shown again'),
});

export const NewAccount = z
  .discriminatedUnion('kind', [FilesAccount, ImapAccount], { error: 'must be imap or files' })
  .meta({
    id: 'NewAccount',
    examples: [
      {
        id: 'sales',
        kind: 'imap',
        name: 'Sales',
        address: 'sales@example.org',
        mode: 'hybrid',
        imap: { host: 'imap.example.org', username: 'sales@example.org' },
        secret: 'an app password',
      },
    ],
  });

export const AccountList = z.object({ items: z.array(Account) });
export const AccountParams = z.object({ id: text(48) });
export const PullAnswer = z.object({ workflowId: z.string(), workflowUrl: z.string().nullable() });

export const ModelBudgetBody = z
  .strictObject({ tokensPerDay: tokensPerDay.nullable().describe('null: as the house allows; 0: no calls') })
  .meta({ id: 'ModelBudgetBody', examples: [{ tokensPerDay: 200_000 }] });

export const PauseBody = z
  .strictObject({ reason: text(200).optional() })
  .nullish()
  .transform((body) => body ?? {});

/** As JSON on the wire. */
export type Account = z.input<typeof Account>;
export type NewAccount = z.output<typeof NewAccount>;
