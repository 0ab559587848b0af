import { afterEach, expect, it, vi } from 'vitest';
import type { MailboxEntry } from '../../../src/mail/mailbox.ts';
import { DELTA, isDelta, listed, openScripted, toRequest } from './scripted-graph.ts';

const NOW = Date.parse('2026-03-01T00:00:00Z');
const DAY_MS = 86_400_000;

const toEntry = (id: string) => ({ id, receivedDateTime: '2026-01-01T00:00:00Z', isDraft: false });

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
  const { mailbox } = openScripted((url) =>
    isDelta(url)
      ? Response.json({ value: [removed, toEntry('m1')], '@odata.deltaLink': `${DELTA}?$deltatoken=end` })
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

const REMOVED = { id: 'm1', '@removed': { reason: 'deleted' } };
const findAll = toRequest({ findKnown: async (keys) => new Set(keys) });
const ofRound = (end: object, ...value: readonly object[]) => Response.json({ value, ...end });
const END = { '@odata.deltaLink': `${DELTA}?$deltatoken=end` };

it.each([
  ['away and back', [REMOVED], [toEntry('m1')], []],
  ['back and away', [toEntry('m1')], [REMOVED], ['graph:m1']],
])('believes the last page of a round on what is %s over two', async (_what, one, two, gone) => {
  const next = { '@odata.nextLink': `${DELTA}?$skiptoken=2` };
  const { mailbox } = openScripted((url) => {
    if (!isDelta(url)) return undefined;
    return url.includes('$skiptoken') ? ofRound(END, ...two) : ofRound(next, ...one);
  });
  expect(await mailbox.readPage(findAll)).toMatchObject({ items: [], gone, done: true });
});

it.each([
  ['a later', 'folder-2'],
  ['an earlier', 'folder-1'],
])('does not tell known mail as gone that moved to %s folder of ours', async (_which, to) => {
  const { mailbox } = openScripted(
    (url) => {
      if (url.includes('/mailFolders/archive?')) return Response.json({ id: 'folder-2', displayName: 'A' });
      return isDelta(url) ? ofRound(END, url.includes(to) ? toEntry('m1') : REMOVED) : undefined;
    },
    ['inbox', 'archive'],
  );
  expect(await mailbox.readPage(findAll)).toMatchObject({ items: [], gone: [], done: true });
});

// learn.microsoft.com/graph/delta-query-overview: tokens end with 410, or 40X and codes "such as" syncStateNotFound.
it('compares a folder anew when the link of a round that is over is refused, and does so once', async () => {
  let isRefusing = false;
  const { mailbox, sent } = openScripted((url) => {
    if (url.endsWith('/$value')) return new Response('Subject: x\r\n\r\nx');
    if (!isDelta(url) || isRefusing === false) return undefined;
    if (!url.includes('$deltatoken')) return listed('m1');
    return Response.json({ error: { code: 'BadRequest', message: 'Badly formed token.' } }, { status: 400 });
  });
  const first = await mailbox.readPage(toRequest());
  isRefusing = true;
  const before = sent.length;
  expect(await mailbox.readPage(toRequest({ cursor: first.cursor }))).toMatchObject({
    items: [{ providerKey: 'graph:m1' }],
    done: true,
  });
  expect(sent.slice(before).filter(({ url }) => isDelta(url))).toHaveLength(2);
  const passed: boolean[] = [];
  const { signal, onProgress } = toRequest();
  const { cursor } = first;
  for await (const page of mailbox.list({ cursor, since: undefined, signal, onProgress })) {
    passed.push(...page.map((entry) => entry.passed));
  }
  expect(passed).toEqual([false]);
});

it('compares a folder anew when the link into a round that is under way is refused', async () => {
  let isRefusing = false;
  const { mailbox } = openScripted((url) => {
    if (url.endsWith('/$value')) return new Response('Subject: x\r\n\r\nx');
    if (!isDelta(url)) return undefined;
    if (isRefusing && url.includes('$skiptoken'))
      return Response.json(
        { error: { code: 'BadRequest', message: 'Badly formed token.' } },
        { status: 400 },
      );
    const [one, two] = [toEntry('m1'), toEntry('m2')];
    return isRefusing
      ? Response.json({ value: [one, two], '@odata.deltaLink': `${DELTA}?$deltatoken=end` })
      : Response.json({ value: [one], '@odata.nextLink': `${DELTA}?$skiptoken=old` });
  });
  const first = await mailbox.readPage(toRequest({ maxItems: 1 }));
  expect(first.done).toBe(false);
  isRefusing = true;
  const findKnown = async () => new Set(['graph:m1']);
  const second = await mailbox.readPage(toRequest({ cursor: first.cursor, findKnown }));
  expect(second).toMatchObject({ items: [{ providerKey: 'graph:m2' }], done: true });
});

it('takes a refused batch of facts for no refused link', async () => {
  const { mailbox, sent } = openScripted((url) => {
    if (url.endsWith('$batch')) return Response.json({ error: { code: 'BadRequest' } }, { status: 400 });
    if (!url.includes('$deltatoken')) return undefined;
    return Response.json({
      value: [{ id: 'm9', isRead: true }],
      '@odata.deltaLink': `${DELTA}?$deltatoken=2`,
    });
  });
  const { cursor } = await mailbox.readPage(toRequest());
  const before = sent.length;
  await expect(mailbox.readPage(toRequest({ cursor }))).rejects.toMatchObject({ type: 'InvalidInput' });
  expect(sent.slice(before).filter(({ url }) => isDelta(url))).toHaveLength(1);
});

it('does not begin again and again when the next page of a round is refused', async () => {
  const { mailbox, sent } = openScripted((url) => {
    if (!isDelta(url)) return undefined;
    if (!url.includes('$skiptoken'))
      return Response.json({ value: [], '@odata.nextLink': `${DELTA}?$skiptoken=2` });
    return Response.json({ error: { code: 'BadRequest', message: 'No.' } }, { status: 400 });
  });
  await expect(mailbox.readPage(toRequest())).rejects.toMatchObject({ type: 'InvalidInput' });
  expect(sent.filter(({ url }) => isDelta(url))).toHaveLength(2);
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
