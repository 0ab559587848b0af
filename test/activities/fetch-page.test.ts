import { CancelledFailure } from '@temporalio/common';
import { describe, expect, it } from 'vitest';
import type { BatchStore } from '../../db/batch-store.ts';
import { FAILURES, type FailureType } from '../../src/domain/failure.ts';
import { ServiceError } from '../../src/domain/service-error.ts';
import { ACCOUNT } from './support/fake-dependencies.ts';
import { fakeStore } from './support/fake-store.ts';
import { IMPORT, mail, openDoor, PULL } from './support/open-door.ts';
import { failureOf, runActivity } from './support/run-activity.ts';

describe('a page of a pull', () => {
  it('is read from the cursor and parked with its items sealed', async () => {
    const { fetchPage, parked, opened, mailbox, calls } = openDoor();
    expect(await fetchPage()).toEqual({
      messageIds: ['sales/a'],
      items: 1,
      duplicates: 0,
      quarantined: 0,
      done: true,
    });

    expect(opened).toEqual([[ACCOUNT]]);
    expect(mailbox.requests[0]).toMatchObject({
      cursor: 'here',
      maxItems: 50,
      maxBytes: 5000,
      maxMessageBytes: 1000,
    });
    expect(parked[0]).toMatchObject({
      accountId: 'sales',
      batchId: 'pull-1',
      kind: 'pull',
      page: 0,
      readFrom: 'here',
      cursor: 'next',
      windowHours: 876_000,
    });
    const [item] = parked[0]?.items ?? [];
    expect(item).toMatchObject({
      kind: 'new',
      messageId: 'sales/a',
      sha256: 'sha-mail a',
      contentHash: 'content-mail a',
    });
    expect(item?.kind === 'new' && Buffer.from(item.sealed).toString()).toBe(
      'source/bytes/sha-mail a|mail a',
    );
    expect(calls).toEqual(['guard mailbox/sales', 'recordPull sales fine', 'recordSync sales']);
    expect(mailbox.closed).toBe(1);
  });

  it('that was committed is answered without opening the mailbox', async () => {
    const committed = { messageIds: ['m'], items: 3, duplicates: 1, quarantined: 1, done: false };
    const { fetchPage, opened, parked } = openDoor({ opening: { committed } });
    expect(await fetchPage()).toEqual(committed);
    expect([opened, parked]).toEqual([[], []]);
  });

  it('of a paused account is the last, and nothing is opened', async () => {
    const get = async () => ({ ...ACCOUNT, state: 'paused' as const });
    const { fetchPage, opened, calls } = openDoor({ accounts: { get } });
    expect(await fetchPage()).toEqual({
      messageIds: [],
      items: 0,
      duplicates: 0,
      quarantined: 0,
      done: true,
    });
    expect([opened, calls]).toEqual([[], []]);
  });

  it('takes up forgotten messages with the first page, each once', async () => {
    const { fetchPage } = openDoor({ forgotten: ['sales/a', 'old'] });
    expect((await fetchPage()).messageIds).toEqual(['sales/a', 'old']);
    expect((await fetchPage({ ...PULL, page: 1 })).messageIds).toEqual(['sales/a']);
  });

  it('tells apart what is known, what is at fault and what is new', async () => {
    const fault = { type: 'InvalidInput', reason: 'too large' } as const;
    const items = [
      mail('known'),
      mail('large', { raw: undefined, fault }),
      mail('odd', { fault: { type: 'NotFound', reason: 'gone' } }),
      mail('empty', { raw: undefined }),
      mail('undated', { receivedAt: undefined }),
      mail('misdated', { receivedAt: new Date(Number.NaN) }),
      mail('far', { receivedAt: new Date(8.64e15) }),
    ];
    const { fetchPage, parked } = openDoor({
      read: async () => ({ items }),
      known: new Map([['known', 'm0']]),
    });
    await fetchPage();

    expect(parked[0]?.items.slice(0, 4)).toEqual([
      { kind: 'known', providerKey: 'known', label: 'label known', messageId: 'm0' },
      {
        kind: 'fault',
        providerKey: 'large',
        label: 'label large',
        failureType: 'InvalidInput',
        reason: 'too large',
      },
      { kind: 'fault', providerKey: 'odd', label: 'label odd', failureType: 'NotFound', reason: 'gone' },
      expect.objectContaining({ kind: 'fault', failureType: 'InvalidInput' }),
    ]);
    for (const item of parked[0]?.items.slice(4) ?? []) {
      const at = item.kind === 'new' ? item.receivedAt.getTime() : 0;
      expect(Math.abs(Date.now() - at)).toBeLessThan(3_600_000);
    }
  });
});

describe('a mailbox that fails', () => {
  const types = (Object.keys(FAILURES) as FailureType[]).filter((type) => type !== 'Internal');
  it.each(types)('with %s on opening: the account shows it, and Temporal gets it', async (type) => {
    const open = () => Promise.reject(new ServiceError(type, `it said ${type}`));
    const { fetchPage, calls, parked } = openDoor({ open });
    expect(await failureOf(fetchPage())).toMatchObject({ type, nonRetryable: !FAILURES[type].retried });
    expect(calls).toContain(`recordPull sales it said ${type}`);
    expect(parked).toEqual([]);
  });

  it.each([
    ['password', {}, ['old', 'new']],
    ['mailbox', { files: { path: '/other', layout: 'folder' as const } }, ['old', 'old']],
  ])(
    'with a refusal does not pause an account whose %s was replaced meanwhile',
    async (_what, then, secrets) => {
      const open = () => Promise.reject(new ServiceError('AuthenticationFailed', 'refused'));
      let looks = 0;
      const { fetchPage, calls } = openDoor({
        open,
        accounts: {
          get: async () => (looks++ === 0 ? ACCOUNT : { ...ACCOUNT, ...then }),
          findSecret: async () => Buffer.from(secrets.shift() ?? ''),
        },
      });
      expect(await failureOf(fetchPage())).toMatchObject({ type: 'Unavailable', nonRetryable: false });
      expect(calls.filter((call) => call.startsWith('recordPull'))).toEqual([]);
    },
  );

  it.each([
    ['Sign-in is needed again: refused', 'Unavailable'],
    ['refused the token, refreshed each time', 'AuthenticationFailed'],
  ])('with "%s" while tokens are stored fails with %s', async (words, type) => {
    const { fetchPage, deps } = openDoor({
      open: () => Promise.reject(new ServiceError('AuthenticationFailed', words)),
    });
    let stored = 0;
    Object.assign(deps, { tokens: { findUpdatedAt: async () => new Date(++stored) } });
    expect(await failureOf(fetchPage())).toMatchObject({ type });
  });

  it('while reading is closed, and nothing is parked', async () => {
    const read = () => Promise.reject(new ServiceError('Unavailable', 'cut'));
    const { fetchPage, mailbox, parked, calls } = openDoor({ read });
    expect(await failureOf(fetchPage())).toMatchObject({ type: 'Unavailable' });
    expect([mailbox.closed, parked]).toEqual([1, []]);
    expect(calls).toContain('recordPull sales cut');
  });

  it('with a bug is closed too, and the bug is not shown to the owner of the account', async () => {
    const read = () => Promise.reject(new TypeError('secret words'));
    const { fetchPage, mailbox, calls } = openDoor({ read });
    expect((await failureOf(fetchPage())).message).not.toContain('secret');
    expect(mailbox.closed).toBe(1);
    expect(calls.filter((call) => call.startsWith('recordPull'))).toEqual([]);
  });

  it('and is left alone is not opened', async () => {
    const { deps, opened } = openDoor();
    const guard = () => Promise.reject(new ServiceError('Unavailable', 'left alone', { retryAfterMs: 9000 }));
    const failure = await failureOf(runActivity({ ...deps, guard }, 'fetchPage', PULL));
    expect(failure).toMatchObject({ type: 'Unavailable', nextRetryDelay: 9000 });
    expect(opened).toEqual([]);
  });
});

describe('a page of an import', () => {
  it('is read from the sealed origin, and no account is asked', async () => {
    const { fetchPage, opened, parked, calls } = openDoor({
      accounts: { get: () => Promise.reject(new Error('not expected')) },
      read: async () => ({ items: [mail('a')], total: 7, done: false }),
    });
    expect(await fetchPage(IMPORT)).toMatchObject({ done: false });
    expect(opened).toEqual([['import-1', { kind: 'path', path: '/mail' }]]);
    expect(parked[0]).toMatchObject({ kind: 'import', batchId: 'import-1', expected: 7 });
    expect(calls).toEqual(['guard mailbox/sales']);
  });

  it('without an origin is NotFound', async () => {
    const { deps } = openDoor();
    const batches = fakeStore<BatchStore>('batches', { findOrigin: async () => undefined });
    expect(await failureOf(runActivity({ ...deps, batches }, 'fetchPage', IMPORT))).toMatchObject({
      type: 'NotFound',
    });
  });
});

describe('a long read', () => {
  it('beats with the items so far, and stops beating when it ends', async () => {
    const beats: unknown[] = [];
    let heard: (details: unknown) => void = () => undefined;
    const beat = new Promise((resolve) => {
      heard = resolve;
    });
    const { fetchPage } = openDoor({
      async read({ onProgress }) {
        onProgress(17);
        await beat;
        return { items: [] };
      },
    });
    await fetchPage(PULL, {
      heartbeatTimeoutMs: 1000,
      watch: (environment) =>
        environment.on('heartbeat', (details: unknown) => {
          beats.push(details);
          heard(details);
        }),
    });
    expect(beats).toEqual([17]);
  });

  it('that is cancelled is told, closes the mailbox and parks nothing', async () => {
    let stop: () => void = () => undefined;
    const { fetchPage, mailbox, parked } = openDoor({
      async read({ signal }) {
        const aborted = new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason as Error));
        });
        stop();
        await aborted;
        return {};
      },
    });
    const run = fetchPage(PULL, {
      watch: (environment) => {
        stop = () => environment.cancel();
      },
    });
    await expect(run).rejects.toBeInstanceOf(CancelledFailure);
    expect([mailbox.closed, parked]).toEqual([1, []]);
  });
});
