import { afterEach, expect, it, vi } from 'vitest';
import type { MailboxEntry } from '../../../src/mail/mailbox.ts';
import { DELTA, isDelta, listed, openScripted, toRequest } from './scripted-graph.ts';

const NOW = Date.parse('2026-03-01T00:00:00Z');
const DAY_MS = 86_400_000;

afterEach(() => void vi.useRealTimers());

it('counts a round as of its beginning, however long it takes', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: NOW });
  const { mailbox } = openScripted((url) => {
    if (!isDelta(url)) return undefined;
    if (url.includes('$skiptoken')) return listed();
    vi.setSystemTime(NOW + 2 * DAY_MS);
    return Response.json({ value: [], '@odata.nextLink': `${DELTA}?$skiptoken=2` });
  });
  const { cursor, done } = await mailbox.readPage(toRequest());
  const { folders } = JSON.parse(cursor) as { folders: [string, Record<string, unknown>][] };
  expect([done, folders[0]?.[1].syncedAt, folders[0]?.[1].begunAt]).toEqual([true, NOW, undefined]);
});

// learn.microsoft.com/graph/delta-query-overview: the same item may come more than once; the last word on it counts.
it('lists what was moved away and back, and does not tell it as gone', async () => {
  const removed = { id: 'm1', '@removed': { reason: 'deleted' } };
  const back = { id: 'm1', receivedDateTime: '2026-01-01T00:00:00Z', isDraft: false };
  const { mailbox } = openScripted((url) =>
    isDelta(url)
      ? Response.json({ value: [removed, back], '@odata.deltaLink': `${DELTA}?$deltatoken=end` })
      : undefined,
  );
  const entries: MailboxEntry[] = [];
  const { signal, onProgress } = toRequest();
  for await (const page of mailbox.list({ cursor: undefined, since: undefined, signal, onProgress })) {
    entries.push(...page);
  }
  expect(entries.map(({ providerKey }) => providerKey)).toEqual(['graph:m1']);
  const known = toRequest({ findKnown: async (keys) => new Set(keys) });
  expect(await mailbox.readPage(known)).toMatchObject({ items: [], gone: [], done: true });
});

it.each([
  ['gone', 404, 'NotFound'],
  ['refused', 403, 'PermissionDenied'],
])('lists the other folders when one is %s, and then says so', async (_what, status, type) => {
  const { mailbox } = openScripted(
    (url) => {
      if (url.includes('/mailFolders/archive?')) {
        return Response.json({ error: { code: 'Error', message: 'no' } }, { status });
      }
      if (url.includes('displayName eq')) return Response.json({ value: [] });
      if (url.includes('/mailFolders/sentitems?'))
        return Response.json({ id: 'folder-2', displayName: 'Sent' });
      return isDelta(url) ? listed(url.includes('folder-2') ? 's1' : 'i1') : undefined;
    },
    ['inbox', 'archive', 'sentitems'],
  );
  const entries: MailboxEntry[] = [];
  const listing = async () => {
    const { signal, onProgress } = toRequest();
    for await (const page of mailbox.list({ cursor: undefined, since: undefined, signal, onProgress })) {
      entries.push(...page);
    }
  };
  await expect(listing()).rejects.toMatchObject({ type });
  expect(entries.map(({ providerKey }) => providerKey)).toEqual(['graph:i1', 'graph:s1']);
});
