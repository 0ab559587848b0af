import { z } from 'zod';
import { ACCOUNT_ID_PATTERN, ACCOUNT_KINDS, ACCOUNT_STATES, INGEST_MODES } from '../../src/domain/account.ts';
import {
  CONNECTIONS,
  checkConnection,
  KIND_ERROR,
  LAYOUTS,
  OAUTH_GRANTS,
  OAUTH_PROVIDERS,
  SECURITY,
} from './account-connection.ts';
import { AccountHealth, AccountLedger } from './account-health.ts';
import { address, SETTINGS } from './account-settings.ts';
import { instant } from './instant.ts';
import { line, text } from './text.ts';

const count = z.number().int();
const tokensPerDay = count.min(0).max(1_000_000_000_000);
const amount = count.nullable();

export const Account = z
  .object({
    id: z.string(),
    kind: z.enum(ACCOUNT_KINDS),
    name: z.string(),
    address: z.string(),
    mode: z.enum(INGEST_MODES),
    state: z.enum(ACCOUNT_STATES),
    stateReason: z.string().nullable(),
    pullEverySeconds: count,
    imap: z
      .object({
        host: z.string(),
        port: count,
        security: z.enum(SECURITY),
        username: z.string(),
        folders: z.array(z.string()),
        allowSelfSigned: z.boolean(),
      })
      .nullable(),
    graph: z.object({ mailbox: z.string(), folders: z.array(z.string()), baseUrl: z.string() }).nullable(),
    gmail: z
      .object({ labels: z.array(z.string()), topic: z.string().nullable(), baseUrl: z.string() })
      .nullable(),
    files: z.object({ path: z.string(), layout: z.enum(LAYOUTS) }).nullable(),
    oauth: z
      .object({
        provider: z.enum(OAUTH_PROVIDERS),
        clientId: z.string(),
        grant: z.enum(OAUTH_GRANTS),
        tokenUrl: z.string(),
        authorizationUrl: z.string().nullable(),
        deviceUrl: z.string().nullable(),
        scopes: z.array(z.string()),
      })
      .nullable(),
    writeBack: z
      .object({ seen: z.boolean(), label: z.string().nullable(), folder: z.string().nullable() })
      .nullable(),
    limits: z.object({
      lookBackDays: amount,
      messagesPerMinute: amount,
      concurrentMessages: amount,
      messagesPerDay: amount,
      bytesPerDay: amount,
    }),
    push: z.boolean(),
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
    lastSyncedAt: instant.nullable().describe('When a pull came to the end of the mailbox'),
    health: AccountHealth,
    ledger: AccountLedger.nullable().describe('What the last audit found; null: there was none'),
  })
  .meta({ id: 'Account' });

const shared = {
  id: z
    .string()
    .regex(ACCOUNT_ID_PATTERN, 'must be a slug: lower-case letters, digits and dashes, at most 48'),
  name: line(200),
  address,
  ...SETTINGS,
  modelSeesPii: z
    .boolean()
    .default(false)
    .describe('Models on the network read names, addresses and numbers; without it, placeholders'),
  modelTokensPerDay: tokensPerDay
    .optional()
    .describe('What models may read and write for it in a day, UTC; without it, as the house allows'),
};

export const NewAccount = z
  .discriminatedUnion(
    'kind',
    [
      z.strictObject({ ...shared, ...CONNECTIONS.files }),
      z.strictObject({ ...shared, ...CONNECTIONS.imap }),
      z.strictObject({ ...shared, ...CONNECTIONS.graph }),
      z.strictObject({ ...shared, ...CONNECTIONS.gmail }),
    ],
    KIND_ERROR,
  )
  .superRefine((value, context) => {
    const refuse = (path: readonly string[], message: string) =>
      context.addIssue({ code: 'custom', path: [...path], message });
    checkConnection(value, refuse);
    if (value.kind === 'files' && value.files === undefined && (value.mode ?? 'manual') !== 'manual') {
      refuse(
        ['mode'],
        'must be manual: a files account that watches no folder (`files.path`) has nothing to pull',
      );
    }
  })
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

const force = z
  .boolean()
  .default(false)
  .describe('Store it although the mailbox cannot be opened with it just now');

/** Another mailbox for an account that is there. */
export const NewConnection = z
  .discriminatedUnion(
    'kind',
    [
      z.strictObject({ ...CONNECTIONS.files, force }),
      z.strictObject({ ...CONNECTIONS.imap, force }),
      z.strictObject({ ...CONNECTIONS.graph, force }),
      z.strictObject({ ...CONNECTIONS.gmail, force }),
    ],
    KIND_ERROR,
  )
  .superRefine((value, context) =>
    checkConnection(value, (path, message) => context.addIssue({ code: 'custom', path: [...path], message })),
  )
  .meta({ id: 'NewConnection' });

export const SecretBody = z.strictObject({ secret: text(4_096), force }).meta({ id: 'SecretBody' });

export const AccountTest = z
  .object({
    ok: z.boolean(),
    lines: z.array(z.string()).describe('What was found, as INBOX: 120 messages'),
    fault: z.string().nullable(),
    fix: z.string().nullable(),
  })
  .meta({ id: 'AccountTest' });

export const RemovalQuery = z.object({
  data: z.enum(['keep', 'delete']).default('keep').describe('What becomes of its mail'),
  confirm: text(48).optional().describe('With data=delete: the id of the account once more'),
});
export const RemovalAnswer = z.object({
  accountId: z.string(),
  workflowId: z.string(),
  workflowUrl: z.string().nullable(),
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
export type NewConnection = z.output<typeof NewConnection>;
