import type { ActivityDependencies, Deciders, WriteReply } from '../../../activities/dependencies.ts';
import type { Remembered } from '../../../activities/message-memory.ts';
import type { AccountRemovalStore } from '../../../db/account-removal-store.ts';
import type { AccountRow, AccountStore } from '../../../db/account-store.ts';
import type { AuditStore } from '../../../db/audit-store.ts';
import type { BatchStore } from '../../../db/batch-store.ts';
import type { BounceStore } from '../../../db/bounce-store.ts';
import type { IntakeStore } from '../../../db/intake-store.ts';
import type { OrphanStore } from '../../../db/orphan-store.ts';
import type { PartnerSyncRow, PartnerSyncStore } from '../../../db/partner-sync-store.ts';
import type { PushStore } from '../../../db/push-store.ts';
import type { QuarantineStore } from '../../../db/quarantine-store.ts';
import type { SenderDecisionStore } from '../../../db/sender-decision-store.ts';
import { createFakeDrafts, type FakeDrafts } from './fake-drafts.ts';
import { createFakeMessages } from './fake-messages.ts';
import { fakeStore } from './fake-store.ts';
import { LOCAL, RECEIVED_AT, TAXONOMY, VIEW } from './readings.ts';

export const REF = { accountId: 'sales', messageId: 'm1' };

export const ACCOUNT: AccountRow = {
  id: 'sales',
  kind: 'imap',
  name: 'Sales',
  address: 'sales@example.org',
  mode: 'auto',
  state: 'active',
  stateReason: undefined,
  pullEverySeconds: 60,
  imap: undefined,
  lastPullAt: undefined,
  lastPullError: undefined,
  failures: 0,
  lastSyncedAt: undefined,
};

export interface Fakes {
  readonly deps: ActivityDependencies;
  readonly drafts: FakeDrafts;
  readonly message: ReturnType<typeof createFakeMessages>['row'];
  readonly memory: Map<string, Remembered>;
  readonly syncs: Map<string, PartnerSyncRow>;
  /** Every effect that a test may ask about: `pauseSchedule sales`, `guard odoo`. */
  readonly calls: string[];
}

const answerShortly: WriteReply = ({ view }) => ({
  from: { name: 'Sales', address: 'sales@example.org' },
  to: [view.from],
  cc: [],
  subject: `Re: ${view.subject}`,
  text: 'Thank you.',
  inReplyTo: view.messageIdHeader,
  references: [],
  hash: 'hash-1',
  automatic: false,
});

/** Tests know one run: what it remembers is found by the message alone. */
const toId = (key: string) => key.slice(key.indexOf('/') + 1);

/** Everything an activity asks for, in memory. Sealed text is `<aad>|<plain>`. */
export function createFakes(
  { taxonomy, localEngine, model, writeReply, ...changes }: Partial<ActivityDependencies & Deciders> = {},
  drafts = createFakeDrafts(),
): Fakes {
  const calls: string[] = [];
  const messages = createFakeMessages();
  const memory = new Map<string, Remembered>();
  const syncs = new Map<string, PartnerSyncRow>();
  const note = (...words: unknown[]) => void calls.push(words.join(' '));
  const deps: ActivityDependencies = {
    accounts: fakeStore<AccountStore>('accounts', {
      get: async () => ACCOUNT,
      findSecret: async () => Buffer.from('account/secret/sales|password'),
      changeState: async (id, state, reason) => note('changeState', id, state, reason),
      recordPull: async (id, error, asked) =>
        note('recordPull', id, error ?? 'fine', ...(asked ? [asked.forMs, asked.reason, asked.at] : [])),
      findWait: async () => undefined,
      recordSync: async (id) => note('recordSync', id),
    }),
    batches: fakeStore<BatchStore>('batches', {
      changeState: async (id, state) => note('changeBatch', id, state),
      finish: async (id, state, reason) => note('finishBatch', id, state, reason),
    }),
    bounces: fakeStore<BounceStore>('bounces', {
      record: async (_accountId, messageId, { originalMessageId }) =>
        note('bounce', messageId, originalMessageId),
    }),
    audits: fakeStore<AuditStore>('audits', {}),
    push: fakeStore<PushStore>('push', {}),
    publicUrl: undefined,
    notifyArrival: async (id) => note('notifyArrival', id),
    drafts: drafts.store,
    intake: fakeStore<IntakeStore>('intake', {}),
    messages: messages.store,
    orphans: fakeStore<OrphanStore>('orphans', {}),
    accountRemovals: fakeStore<AccountRemovalStore>('accountRemovals', {}),
    partnerSyncs: fakeStore<PartnerSyncStore>('partnerSyncs', {
      find: async (id) => syncs.get(id),
      save: async (row) => void syncs.set(row.messageId, row),
    }),
    quarantine: fakeStore<QuarantineStore>('quarantine', {
      addMessage: async (value) =>
        note('quarantine', value.messageId, value.stage, value.failureType, value.reason),
    }),
    tokens: { findUpdatedAt: async () => undefined },
    senderDecisions: fakeStore<SenderDecisionStore>('senderDecisions', {
      save: async ({ sender, field, label }) => note('senderDecision', sender, field, label),
    }),
    sealer: {
      seal: (plain, aad) => Buffer.from(`${aad}|${Buffer.from(plain).toString()}`),
      open(sealed, aad) {
        const [place, plain] = Buffer.from(sealed).toString().split('|');
        if (place !== aad) throw new Error(`sealed for ${place}, opened as ${aad}`);
        return Buffer.from(plain ?? '');
      },
    },
    guard: (downstream, work) => {
      note('guard', downstream);
      return work();
    },
    identity: {
      sourceHash: (raw) => `sha-${Buffer.from(raw).toString()}`,
      contentHash: (raw) => `content-${Buffer.from(raw).toString()}`,
      messageKey: (accountId, key) => `${accountId}/${key}`,
      sentDate: () => undefined,
    },
    memory: {
      get: (key) => memory.get(toId(key)),
      set: (key, value) => void memory.set(toId(key), value),
      delete: (key) => void memory.delete(toId(key)),
    },
    readView: async () => VIEW,
    getDeciders: async () => ({
      taxonomy: taxonomy ?? TAXONOMY,
      localEngine: localEngine ?? LOCAL,
      model,
      writeReply: writeReply ?? answerShortly,
    }),
    recallLearned: async () => undefined,
    openBudget: () => ({ reserve: async () => async () => undefined }),
    veil: { hide: (_, view) => ({ view, restore: (reading) => reading }) },
    findSecondRead: ({ classification }) =>
      classification.confidence < 0.6 ? { isUndecided: true, because: 'it is undecided' } : undefined,
    needsSecondRead: ({ confidence }) => confidence < 0.6,
    now: () => RECEIVED_AT,
    settleDoubts: (_view, reading) => reading,
    reconcile: (_local, model) => model,
    mintMessageId: (address) => `minted-${calls.length}-${address}`,
    odoo: undefined,
    sender: undefined,
    openAccount: () => Promise.reject(new Error('openAccount was not expected here')),
    openOrigin: () => Promise.reject(new Error('openOrigin was not expected here')),
    pauseSchedule: async (accountId) => note('pauseSchedule', accountId),
    listLiveRuns: () => Promise.reject(new Error('listLiveRuns was not expected here')),
    stopRuns: () => Promise.reject(new Error('stopRuns was not expected here')),
    limits: { duplicateWindowHours: 24, maxMessageBytes: 1000, pageBytes: 5000 },
    ...changes,
  };
  return { deps, drafts, message: messages.row, memory, syncs, calls };
}
