import type { z } from 'zod';
import { type Account, AccountList, NewAccount } from '../../api/schemas/account.ts';
import { AccountChange } from '../../api/schemas/account-settings.ts';
import { ago } from './fixture-messages.ts';

const NO_LIMITS = {
  lookBackDays: null,
  messagesPerMinute: null,
  concurrentMessages: null,
  messagesPerDay: null,
  bytesPerDay: null,
};

const HEALTH: Account['health'] = {
  state: 'idle',
  since: ago(4),
  reason: 'All that came is processed',
  fix: null,
  lastMessageAt: ago(4),
  lagSeconds: 0,
  unfinished: 0,
  quarantined: 0,
  errors: [],
  nextRunAt: ago(-0.4),
  waitsUntil: null,
  today: { messages: 214, bytes: 9_400_000 },
};

const LEDGER: NonNullable<Account['ledger']> = {
  auditedAt: ago(50),
  listed: 18_240,
  processed: 18_170,
  unfinished: 3,
  skipped: 52,
  quarantined: 3,
  deleted: 12,
  pending: 0,
  missing: 0,
  healed: 0,
  gone: 41,
  unaccounted: 0,
};

function toImap(username: string, folders: string[] = ['INBOX']) {
  const host = 'imap.harborline.example';
  return { host, port: 993, security: 'tls' as const, username, folders, allowSelfSigned: false };
}

const BASE: Omit<Account, 'id' | 'name' | 'address'> = {
  kind: 'imap',
  mode: 'hybrid',
  state: 'active',
  stateReason: null,
  modelBudget: { tokensPerDay: 200_000, own: false, tokens: 0, calls: 0, refused: 0 },
  pullEverySeconds: 60,
  imap: null,
  graph: null,
  gmail: null,
  files: null,
  oauth: null,
  writeBack: null,
  limits: NO_LIMITS,
  push: true,
  lastPullAt: ago(0.6),
  lastPullError: null,
  lastSyncedAt: ago(0.6),
  health: HEALTH,
  ledger: LEDGER,
};

function toAccount(id: string, facts: Partial<Account>): Account {
  const name = id.charAt(0).toUpperCase() + id.slice(1);
  return { ...BASE, id, name, address: `${id}@harborline.example`, ...facts };
}

const REFUSED = 'The server refused the password of "sales"';
const oauth = {
  provider: 'google' as const,
  clientId: '1234.apps.example',
  grant: 'user' as const,
  tokenUrl: 'https://oauth2.googleapis.com/token',
  authorizationUrl: null,
  deviceUrl: null,
  scopes: ['https://www.googleapis.com/auth/gmail.modify'],
};

export const accounts: z.input<typeof AccountList> = {
  items: [
    toAccount('support', {
      imap: toImap('support'),
      health: { ...HEALTH, state: 'processing', reason: '3 under way', unfinished: 3, lagSeconds: 8 },
    }),
    toAccount('sales', {
      mode: 'auto',
      state: 'paused',
      stateReason: REFUSED,
      modelBudget: { ...BASE.modelBudget, tokens: 200_140, refused: 12 },
      pullEverySeconds: 300,
      imap: toImap('sales', ['INBOX', 'Archive']),
      lastPullAt: ago(95),
      lastPullError: REFUSED,
      health: {
        ...HEALTH,
        state: 'paused',
        reason: REFUSED,
        fix: 'Mend that, then: npm run mailroom -- account resume sales',
        lastMessageAt: ago(96),
        errors: [`Last pull: ${REFUSED}`, '3 in quarantine'],
        quarantined: 3,
        nextRunAt: null,
      },
      ledger: { ...LEDGER, missing: 2, unaccounted: 2 },
    }),
    toAccount('orders', {
      kind: 'gmail',
      gmail: { labels: ['INBOX'], topic: null, baseUrl: 'https://gmail.googleapis.com' },
      oauth,
      limits: { ...NO_LIMITS, messagesPerDay: 5_000 },
      health: {
        ...HEALTH,
        state: 'behind',
        since: ago(34),
        reason: 'Its oldest message has waited for 34 minutes',
        fix: 'It is being worked off; more workers do it sooner.',
        lagSeconds: 34 * 60,
        unfinished: 1_204,
        today: { messages: 4_211, bytes: 188_000_000 },
      },
    }),
    toAccount('desk', {
      imap: toImap('desk'),
      health: {
        ...HEALTH,
        state: 'waiting',
        reason:
          'Waiting until 14:05 UTC because its provider asked: imap.harborline.example asks to slow down',
        fix: 'It is read on by itself then; nothing is lost, and nothing is to be done.',
        waitsUntil: ago(-12),
      },
    }),
    toAccount('archive', {
      kind: 'files',
      mode: 'manual',
      lastPullAt: null,
      lastSyncedAt: null,
      health: { ...HEALTH, lastMessageAt: ago(60 * 30), nextRunAt: null, today: { messages: 0, bytes: 0 } },
      ledger: null,
    }),
  ],
};
AccountList.parse(accounts);

/** As the API answers what was added; a body that it would refuse fails the test. */
export function toAdded(body: unknown): Account {
  const { id, name, address, kind } = NewAccount.parse(body);
  return toAccount(id, { name, address, kind, ...(kind === 'imap' || kind === 'files' ? {} : { oauth }) });
}

/** The same for a change; the account itself stays as it was. */
export function toChanged(path: string, body: unknown): Account | undefined {
  AccountChange.parse(body);
  return accounts.items.find(({ id }) => path === `/api/accounts/${id}`);
}
