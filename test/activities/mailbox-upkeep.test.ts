import { describe, expect, it } from 'vitest';
import type { AccountStore } from '../../db/account-store.ts';
import type { AuditStore } from '../../db/audit-store.ts';
import type { IntakeStore } from '../../db/intake-store.ts';
import type { MessageStore } from '../../db/message-store.ts';
import type { PushRow, PushStore } from '../../db/push-store.ts';
import type { WriteBack } from '../../src/domain/account.ts';
import { ServiceError } from '../../src/domain/service-error.ts';
import type { LiveMailbox, MailboxEntry, PushRequest } from '../../src/mail/mailbox.ts';
import { ACCOUNT, createFakes, REF } from './support/fake-dependencies.ts';
import { fakeStore } from './support/fake-store.ts';
import { mail } from './support/open-door.ts';
import { failureOf, runActivity } from './support/run-activity.ts';

const unable = () => {
  throw new Error('not asked for');
};

function openUpkeep(can: Partial<LiveMailbox>, writeBack?: WriteBack) {
  const mailbox: LiveMailbox = {
    ...{ readPage: unable, list: unable, readItems: unable, mark: unable, probe: unable },
    close: async () => undefined,
    ...can,
  };
  const fakes = createFakes({ openAccount: async () => mailbox });
  const accounts = fakeStore<AccountStore>('accounts', { get: async () => ({ ...ACCOUNT, writeBack }) });
  return { ...fakes, deps: { ...fakes.deps, accounts } };
}

describe('a message that was handled', () => {
  const writeBack = { seen: true, label: 'Done', folder: undefined };

  it('is marked in its mailbox as the account asks for', async () => {
    const marked: unknown[] = [];
    const mark: LiveMailbox['mark'] = async (key, asked) => {
      marked.push([key, asked]);
      return true;
    };
    const { deps } = openUpkeep({ mark }, writeBack);
    const messages = fakeStore<MessageStore>('messages', { findPulledKey: async () => 'INBOX;1;7' });
    await runActivity({ ...deps, messages }, 'markMessage', REF);
    expect(marked).toEqual([['INBOX;1;7', writeBack]]);
  });

  it('is not looked for where it was imported, or where nobody asks for it', async () => {
    const messages = fakeStore<MessageStore>('messages', { findPulledKey: async () => undefined });
    await runActivity({ ...openUpkeep({}, writeBack).deps, messages }, 'markMessage', REF);
    const pulled = fakeStore<MessageStore>('messages', { findPulledKey: async () => 'INBOX;1;7' });
    await runActivity({ ...openUpkeep({}).deps, messages: pulled }, 'markMessage', REF);
  });
});

describe('a provider that is asked to notify us', () => {
  const expiresAt = new Date('2026-12-01T00:00:00Z');

  async function renew(known: PushRow | undefined, subscribe: LiveMailbox['subscribe']) {
    const { deps } = openUpkeep(subscribe === undefined ? {} : { subscribe });
    const noted: unknown[] = [];
    const push = fakeStore<PushStore>('push', {
      find: async () => known,
      prepare: async (_id, sealed) => void noted.push(['prepare', Buffer.from(sealed).toString()]),
      save: async (_id, subscription) => void noted.push(['save', subscription]),
      recordError: async (_id, error) => void noted.push(['error', error]),
    });
    const ready = { ...deps, push, publicUrl: 'https://mail.example.org' };
    return { noted, done: runActivity(ready, 'renewPush', { accountId: 'sales' }) };
  }

  it('is given a secret that is on record before, and nobody can guess', async () => {
    const asked: PushRequest[] = [];
    const { noted, done } = await renew(undefined, async (_current, request) => {
      asked.push(request);
      return { id: 's-1', expiresAt };
    });
    await done;
    const secret = asked[0]?.clientState ?? '';
    expect(secret).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(noted).toEqual([
      ['prepare', `push_subscription/client_state/sales|${secret}`],
      ['save', { id: 's-1', expiresAt }],
    ]);
  });

  it('keeps the secret that it has, and its refusal is on record', async () => {
    const known: PushRow = {
      accountId: 'sales',
      clientState: Buffer.from('push_subscription/client_state/sales|kept'),
      subscription: { id: 's-1', expiresAt },
      renewedAt: expiresAt,
      lastError: undefined,
    };
    const { noted, done } = await renew(known, async (current, { clientState }) => {
      expect([current?.id, clientState]).toEqual(['s-1', 'kept']);
      throw new ServiceError('PermissionDenied', 'No subscriptions for you');
    });
    expect((await failureOf(done)).type).toBe('PermissionDenied');
    expect(noted).toEqual([['error', 'No subscriptions for you']]);
  });
});

describe('an audit of a mailbox', () => {
  const entry = (providerKey: string): MailboxEntry => ({
    providerKey,
    receivedAt: undefined,
    label: providerKey,
    passed: true,
    skipped: undefined,
  });

  it('compares all that it lists with our rows, as of the cursor before', async () => {
    const noted: unknown[] = [];
    async function* list(request: Parameters<LiveMailbox['list']>[0]) {
      noted.push(['list', request.cursor]);
      yield [entry('a'), entry('b')];
      yield [entry('c')];
    }
    const { deps } = openUpkeep({ list });
    const intake = fakeStore<IntakeStore>('intake', { findCursor: async () => 'here' });
    const audits = fakeStore<AuditStore>('audits', {
      begin: async (...ids) => void noted.push(['begin', ...ids]),
      addEntries: async (_id, entries) => void noted.push(entries.map(({ providerKey }) => providerKey)),
      compare: async () => 2,
    });
    const request = { accountId: 'sales', auditId: 'audit-1' };
    expect(await runActivity({ ...deps, intake, audits }, 'auditMailbox', request)).toEqual({
      missing: 2,
      incomplete: undefined,
    });
    expect(noted).toEqual([['begin', 'sales', 'audit-1'], ['list', 'here'], ['a', 'b'], ['c']]);
  });

  it.each([
    { items: ['a'], gone: ['b'], isDone: true },
    // What did not fit on this page is asked for again.
    { items: ['a'], gone: [], isDone: false },
    { items: [], gone: ['b'], isDone: false },
    { items: [], gone: [], isDone: true },
  ])('heals $items, forgets only $gone, and is done: $isDone', async ({ items, gone, isDone }) => {
    const noted: unknown[] = [];
    const { deps } = openUpkeep({ readItems: async () => ({ items: items.map((key) => mail(key)), gone }) });
    const intake = fakeStore<IntakeStore>('intake', {
      openPage: async () => ({ cursor: 'here' }),
      findKnown: async () => new Map(),
      async park(page) {
        noted.push(['park', page.kind, page.cursor, page.items.length]);
        const counts = { items: page.items.length, duplicates: 0, quarantined: 0 };
        return { messageIds: ['sales/a'], ...counts, done: page.done };
      },
    });
    const audits = fakeStore<AuditStore>('audits', {
      listMissing: async () => ['a', 'b'],
      forget: async (_id, keys) => void noted.push(['forget', keys]),
      recompare: async (_account, _id, keys) => void noted.push(['recompare', keys]),
    });
    const request = { accountId: 'sales', auditId: 'audit-1', batchId: 'audit-1', page: 0, maxItems: 10 };
    expect(await runActivity({ ...deps, intake, audits }, 'healMailbox', request)).toMatchObject({
      messageIds: ['sales/a'],
      done: isDone,
    });
    expect(noted).toEqual([
      ['park', 'pull', undefined, items.length],
      ['forget', gone],
      ['recompare', ['a', 'b']],
    ]);
  });
});
