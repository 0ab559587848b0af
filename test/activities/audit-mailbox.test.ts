import { describe, expect, it } from 'vitest';
import type { AccountRow } from '../../db/account-store.ts';
import type { AuditStore } from '../../db/audit-store.ts';
import type { IntakeStore, PageOpening } from '../../db/intake-store.ts';
import { ServiceError } from '../../src/domain/service-error.ts';
import type { LiveMailbox, MailboxEntry, MailboxItems } from '../../src/mail/mailbox.ts';
import { fakeStore } from './support/fake-store.ts';
import { mail } from './support/open-door.ts';
import { openUpkeep } from './support/open-upkeep.ts';
import { failureOf, runActivity } from './support/run-activity.ts';

const AUDIT = { accountId: 'sales', auditId: 'audit-1' };
const IMAP = { host: 'a', port: 993, security: 'tls', username: 'u', allowSelfSigned: false } as const;

const entry = (providerKey: string): MailboxEntry => ({
  providerKey,
  receivedAt: undefined,
  label: providerKey,
  passed: true,
  skipped: undefined,
});

describe('an audit of a mailbox', () => {
  function open(list: LiveMailbox['list'], ...looks: readonly Partial<AccountRow>[]) {
    const noted: unknown[] = [];
    const { deps } = openUpkeep({ list }, ...looks);
    const intake = fakeStore<IntakeStore>('intake', { findCursor: async () => 'here' });
    const audits = fakeStore<AuditStore>('audits', {
      begin: async (...ids) => void noted.push(['begin', ...ids]),
      addEntries: async (_id, entries) => void noted.push(entries.map(({ providerKey }) => providerKey)),
      async compare(_account, _id, isWhole, unlisted) {
        noted.push(['compare', isWhole, ...(unlisted ?? [])]);
        return 2;
      },
    });
    return { noted, done: runActivity({ ...deps, intake, audits }, 'auditMailbox', AUDIT) };
  }

  it('compares all that it lists with our rows, as of the cursor before', async () => {
    const asked: unknown[] = [];
    const { noted, done } = open(async function* ({ cursor }) {
      asked.push(cursor);
      yield [entry('a'), entry('b')];
      yield [entry('c')];
    });
    expect(await done).toEqual({ missing: 2, incomplete: undefined });
    expect(asked).toEqual(['here']);
    expect(noted).toEqual([['begin', 'sales', 'audit-1'], ['a', 'b'], ['c'], ['compare', true]]);
  });

  it.each(['NotFound', 'PermissionDenied'] as const)(
    'compares what could be listed, and says what could not (%s)',
    async (type) => {
      const { noted, done } = open(async function* () {
        yield [entry('a')];
        throw new ServiceError(type, 'The folder "Old" cannot be had');
      });
      expect(await done).toEqual({ missing: 2, incomplete: 'The folder "Old" cannot be had' });
      expect(noted.at(-1)).toEqual(['compare', false]);
    },
  );

  it.each(['Unavailable', 'InvalidInput'] as const)('compares nothing when all failed (%s)', async (type) => {
    const { noted, done } = open(async function* () {
      yield [entry('a')];
      throw new ServiceError(type, 'The mailbox cannot be had');
    });
    expect((await failureOf(done)).type).toBe(type);
    expect(noted.at(-1)).toEqual(['a']);
  });

  it('names the folders that were not listed to their end, so that what was missing there stays so', async () => {
    const { noted, done } = open(
      async function* ({ onListed }) {
        yield [entry('a')];
        onListed?.('INBOX');
        yield [entry('b')];
        throw new ServiceError('NotFound', 'There is no folder "Old"');
      },
      { imap: { ...IMAP, folders: ['INBOX', 'Old'] } },
    );
    await done;
    expect(noted.at(-1)).toEqual(['compare', false, 'Old']);
  });

  it.each([
    ['another mailbox is read by then', { imap: { ...IMAP, host: 'b', folders: ['INBOX'] } }, 'Unavailable'],
    ['other folders are read by then', { imap: { ...IMAP, folders: ['Orders'] } }, 'Unavailable'],
    ['the account is paused by then', { state: 'paused' as const }, 'Conflict'],
    ['the account is removed by then', { state: 'removed' as const }, 'Conflict'],
  ])('compares nothing when %s', async (_what, then, type) => {
    const before = { imap: { ...IMAP, folders: ['INBOX'] } };
    const { noted, done } = open(
      async function* () {
        yield [entry('a')];
      },
      before,
      { ...before, ...then },
    );
    expect((await failureOf(done)).type).toBe(type);
    expect(noted).toEqual([['begin', 'sales', 'audit-1'], ['a']]);
  });

  it('does not open the mailbox of a paused account, and that is on record', async () => {
    const { noted, done } = open(
      () => {
        throw new Error('not to be listed');
      },
      { state: 'paused' },
    );
    expect(await failureOf(done)).toMatchObject({
      type: 'Conflict',
      message: expect.stringContaining('paused'),
    });
    expect(noted).toEqual([['begin', 'sales', 'audit-1']]);
  });
});

it('beats while it begins: the entries of a large mailbox take their time to delete', async () => {
  const { deps } = openUpkeep({
    async *list() {
      yield [];
    },
  });
  const intake = fakeStore<IntakeStore>('intake', { findCursor: async () => 'here' });
  let resume: () => void = () => undefined;
  const begin = () =>
    new Promise<void>((resolve) => {
      resume = resolve;
    });
  const audits = fakeStore<AuditStore>('audits', {
    begin,
    addEntries: async () => undefined,
    compare: async () => 0,
  });
  const done = runActivity({ ...deps, intake, audits }, 'auditMailbox', AUDIT, {
    heartbeatTimeoutMs: 1_000,
    watch: (environment) => void environment.on('heartbeat', () => resume()),
  });
  expect(await done).toMatchObject({ missing: 0 });
});

describe('a heal of a mailbox', () => {
  interface Facts {
    readonly missing?: readonly string[];
    readonly after?: string;
    readonly opening?: PageOpening;
    readonly account?: Partial<AccountRow>;
    readonly doubted?: readonly string[];
    readonly known?: readonly string[];
  }

  function heal(read: MailboxItems, facts: Facts = {}) {
    const { missing = ['a', 'b'], after, opening, account = {}, doubted = [], known = [] } = facts;
    const noted: unknown[] = [];
    const { deps } = openUpkeep({ readItems: async () => read }, account);
    const intake = fakeStore<IntakeStore>('intake', {
      openPage: async () => opening ?? { cursor: 'here' },
      findKnown: async (_account, keys) =>
        new Map(keys.filter((key) => known.includes(key)).map((key) => [key, `id of ${key}`])),
      async park({ kind, cursor, auditId, items, done }) {
        noted.push(['park', kind, cursor, auditId, items.length]);
        for (const one of items) if (known.includes(one.providerKey)) noted.push([one.providerKey, one.kind]);
        const messageIds = items.map(({ providerKey }) => `sales/${providerKey}`);
        return { messageIds, items: items.length, duplicates: 0, quarantined: 0, done };
      },
    });
    const audits = fakeStore<AuditStore>('audits', {
      listMissing: async (_id, limit, from = '') => missing.filter((key) => key > from).slice(0, limit),
      forget: async (_id, keys) => void noted.push(['forget', keys]),
      findDoubted: async (_id, keys) => new Set(keys.filter((key) => doubted.includes(key))),
      recompare: async () => void noted.push('recompare'),
    });
    const request = {
      ...AUDIT,
      batchId: 'audit-1',
      page: 0,
      maxItems: 3,
      ...(after !== undefined && { after }),
    };
    return { noted, done: runActivity({ ...deps, intake, audits }, 'healMailbox', request) };
  }
  const items = (...keys: string[]) => keys.map((key) => mail(key));

  it.each([
    { read: { items: items('a'), gone: ['b'] }, isDone: true },
    // What did not fit on this page is asked for again.
    { read: { items: items('a'), gone: [] }, isDone: false },
    { read: { items: [], gone: ['b'] }, isDone: false },
    { read: { items: [], gone: [] }, isDone: true },
  ])('parks what comes, forgets only what is gone, and is done: $isDone', async ({ read, isDone }) => {
    const { noted, done } = heal(read);
    expect(await done).toMatchObject({ done: isDone, ...(isDone ? {} : { after: '' }) });
    expect(noted).toEqual([
      'recompare',
      ['forget', read.gone],
      ['park', 'pull', undefined, 'audit-1', read.items.length],
    ]);
  });

  it('hands on the content of what may be other mail than ours of the same key', async () => {
    const { noted, done } = heal({ items: items('a', 'b'), gone: [] }, { known: ['a', 'b'], doubted: ['b'] });
    await done;
    expect(noted.slice(-2)).toEqual([
      ['a', 'known'],
      ['b', 'new'],
    ]);
  });

  it('passes by a page of which nothing comes, so that those behind it are asked for', async () => {
    const missing = ['a', 'b', 'c', 'd'];
    expect(await heal({ items: [], gone: [] }, { missing }).done).toMatchObject({ done: false, after: 'c' });
    const rest = heal({ items: items('d'), gone: [] }, { missing, after: 'c' });
    expect(await rest.done).toMatchObject({ done: true, messageIds: ['sales/d'] });
  });

  it('that was cut off after it parked tells what it parked, and asks for nothing twice', async () => {
    const committed = { messageIds: ['sales/a'], items: 1, duplicates: 0, quarantined: 0, done: true };
    const { noted, done } = heal({ items: [], gone: [] }, { opening: { committed } });
    expect(await done).toEqual(committed);
    expect(noted).toEqual([]);
  });

  it.each(['paused', 'removed'] as const)(
    'fetches nothing for an account that is %s by then',
    async (state) => {
      const { noted, done } = heal({ items: items('a'), gone: [] }, { account: { state } });
      expect((await failureOf(done)).type).toBe('Conflict');
      expect(noted).toEqual([]);
    },
  );
});
