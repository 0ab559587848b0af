import { afterEach, describe, expect, it, vi } from 'vitest';
import { DELTA, listed, openScripted, toRequest } from './scripted-graph.ts';

const busy = (status = 504) =>
  Response.json({ error: { code: 'UnknownError', message: 'timed out' } }, { status });

/** A folder of these messages of which `bad` never come; what is delivered later is told by the next delta. */
function openRoom(
  ids: readonly string[],
  bad: readonly string[],
  other?: (url: string, body: string) => Response | undefined,
) {
  const delivered = [...ids];
  let told = 0;
  const { mailbox, sent } = openScripted((url, body) => {
    const special = other?.(url, body);
    if (special !== undefined) return special;
    if (url.includes('/messages/delta')) {
      const fresh = delivered.slice(told);
      told = delivered.length;
      return listed(...fresh);
    }
    if (url.endsWith('/$batch')) {
      const { requests } = JSON.parse(body) as { requests: { id: string; url: string }[] };
      const responses = requests.map(({ id, url: path }) =>
        isBad(path) ? { id, status: 504 } : { id, status: 200, body: btoa('Subject: x\r\n\r\nx') },
      );
      return Response.json({ responses });
    }
    if (url.endsWith('/$value')) return isBad(url) ? busy() : new Response('Subject: x\r\n\r\nx');
    if (url.includes('/messages?')) return Response.json({ value: delivered.map((id) => ({ id })) });
    return undefined;
  });
  const isBad = (path: string) => bad.some((id) => path.includes(`/${id}/`));
  return { mailbox, sent, deliver: (...more: string[]) => delivered.push(...more) };
}

const keys = (items: readonly { providerKey: string; fault: unknown }[]) =>
  items.filter(({ fault }) => fault === undefined).map(({ providerKey }) => providerKey);

describe('a message whose bytes never come', () => {
  afterEach(() => vi.useRealTimers());

  it('holds up none of the others, and is a fault after half an hour of pulls', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const room = openRoom(['m1', 'bad', 'm2', 'm3'], ['bad']);
    const first = await room.mailbox.readPage(toRequest());
    expect([keys(first.items), first.done]).toEqual([['graph:m1', 'graph:m2', 'graph:m3'], true]);
    room.deliver('m4');
    const second = await room.mailbox.readPage(toRequest({ cursor: first.cursor }));
    expect([keys(second.items), second.done]).toEqual([['graph:m4'], true]);
    const third = await room.mailbox.readPage(toRequest({ cursor: second.cursor }));
    expect([third.items, third.done]).toEqual([[], true]);
    vi.setSystemTime(Date.now() + 31 * 60_000);
    const fourth = await room.mailbox.readPage(toRequest({ cursor: third.cursor }));
    expect(fourth.items).toMatchObject([
      {
        providerKey: 'graph:bad',
        fault: { type: 'Unavailable', reason: expect.stringContaining('does not hand it over') },
      },
    ]);
    const fifth = await room.mailbox.readPage(toRequest({ cursor: fourth.cursor }));
    expect([fifth.items, fifth.done]).toEqual([[], true]);
  });

  it.each([3, 30])('lets a pull end, and new mail come first, where %i of them fail', async (count) => {
    const bad = Array.from({ length: count }, (_, n) => `bad${n}`);
    const room = openRoom(['m1', ...bad], bad);
    let cursor: string | undefined;
    for (const id of ['m1', 'm2', 'm3']) {
      room.deliver(...(id === 'm1' ? [] : [id]));
      const read: string[] = [];
      for (let pages = 0, done = false; !done; pages++) {
        expect(pages).toBeLessThan(20);
        const page = await room.mailbox.readPage(toRequest({ cursor }));
        read.push(...keys(page.items));
        ({ cursor, done } = page);
      }
      expect(read).toEqual([`graph:${id}`]);
    }
  });

  it.each([
    [200, 0],
    [201, 2],
  ])('of %i that wait in the cursor, %i are faults before their time', async (count, faults) => {
    const bad = Array.from({ length: count }, (_, n) => `bad${n}`);
    const room = openRoom(['m1', ...bad], bad);
    const rest = bad.map((id) => [id, null, null, 2, Date.now()]);
    const cursor = JSON.stringify({ folders: [['inbox', { id: 'folder-1', rest }]] });
    const { items } = await room.mailbox.readPage(toRequest({ cursor }));
    expect(items.filter(({ fault }) => fault?.type === 'Unavailable')).toHaveLength(faults);
  });

  it('is not held against it while nothing else can be had either', async () => {
    const room = openRoom(['bad', 'worse'], ['bad', 'worse']);
    for (let pull = 0; pull < 5; pull++) {
      await expect(room.mailbox.readPage(toRequest())).rejects.toMatchObject({ type: 'Unavailable' });
      room.deliver('bad', 'worse');
    }
  });

  it('and takes a whole batch with it, leaves the others to be asked for alone', async () => {
    const room = openRoom(['bad', 'm1', 'm2'], ['bad'], (url) =>
      url.endsWith('/$batch') ? busy() : undefined,
    );
    expect(keys((await room.mailbox.readPage(toRequest())).items)).toEqual(['graph:m1', 'graph:m2']);
  });

  it('is a fault as well when it is asked for by name, and only while others come', async () => {
    const { signal, ...request } = toRequest();
    const ask = (room: ReturnType<typeof openRoom>, ...ids: readonly string[]) =>
      room.mailbox.readItems(
        ids.map((id) => `graph:${id}`),
        { ...request, signal },
      );
    const room = openRoom(['m1', 'bad'], ['bad'], tellFacts);
    const fault = { providerKey: 'graph:bad', fault: { type: 'Unavailable' } };
    const both = await ask(room, 'bad', 'm1');
    expect(both).toMatchObject({ items: [{ providerKey: 'graph:m1', fault: undefined }, fault], gone: [] });
    expect(await ask(room, 'bad')).toMatchObject({ items: [fault], gone: [] });
    const outage = openRoom(['bad', 'worse'], ['bad', 'worse'], tellFacts);
    await expect(ask(outage, 'bad')).rejects.toMatchObject({ type: 'Unavailable' });
  });
});

describe('one message whose part of a batch says 503, with or without an hour of Retry-After', () => {
  const HOUR = { 'Retry-After': '3600' };

  /** `odd` is busy for ever; in its own answers, too. */
  function openBusy(headers: Record<string, string>, list: () => readonly object[]) {
    return openScripted((url, body) => {
      if (url.includes('/messages/delta')) {
        return Response.json({ value: list(), '@odata.deltaLink': `${DELTA}?$deltatoken=end` });
      }
      if (url.endsWith('/$batch')) {
        const { requests } = JSON.parse(body) as { requests: { id: string; url: string }[] };
        const responses = requests.map(({ id, url: path }) =>
          path.includes('/odd')
            ? { id, status: 503, headers }
            : { id, status: 200, body: btoa('x: y\r\n\r\n') },
        );
        return Response.json({ responses });
      }
      if (url.includes('/odd')) return Response.json({}, { status: 503, headers });
      if (url.endsWith('/$value')) return new Response('x: y\r\n\r\n');
      if (url.includes('/messages?')) return Response.json({ value: [{ id: 'other' }] });
      return undefined;
    }).mailbox;
  }

  it.each([HOUR, {}])('lets the others come (%o)', async (headers) => {
    const receivedDateTime = '2026-01-01T00:00:00Z';
    const mailbox = openBusy(headers, () => ['odd', 'm1', 'm2'].map((id) => ({ id, receivedDateTime })));
    const page = await mailbox.readPage(toRequest());
    expect([keys(page.items), page.done, page.waitMs]).toEqual([['graph:m1', 'graph:m2'], true, undefined]);
  });

  it.each([HOUR, {}])('lets the others come, when it is its date that is asked for (%o)', async (headers) => {
    const fresh = { id: 'm1', receivedDateTime: '2026-01-01T00:00:00Z' };
    const mailbox = openBusy(headers, () => [{ id: 'odd', isRead: true }, fresh]);
    expect(keys((await mailbox.readPage(toRequest())).items)).toEqual(['graph:m1']);
  });

  it('is asked for its date once more before it counts as mail', async () => {
    let answer = () =>
      Response.json({ id: 'draft', isDraft: true, receivedDateTime: '2026-01-01T00:00:00Z' });
    const { mailbox } = openScripted((url) => {
      if (url.includes('/messages/delta')) {
        return Response.json({ value: [{ id: 'draft' }], '@odata.deltaLink': `${DELTA}?$deltatoken=end` });
      }
      if (url.endsWith('/$batch')) {
        return Response.json({ responses: [{ id: '0', status: 503, headers: HOUR }] });
      }
      if (url.endsWith('/$value')) return new Response('x: y\r\n\r\n');
      if (url.includes('/messages?')) return Response.json({ value: [{ id: 'other' }] });
      return url.includes('/draft?') ? answer() : undefined;
    });
    expect((await mailbox.readPage(toRequest())).items).toEqual([]);
    answer = () => Response.json({ error: { code: 'ErrorItemNotFound' } }, { status: 404 });
    expect((await mailbox.readPage(toRequest())).items).toEqual([]);
    answer = () => Response.json({}, { status: 429, headers: HOUR });
    await expect(mailbox.readPage(toRequest())).rejects.toMatchObject({ type: 'RateLimited' });
  });
});

/** What Graph says of messages that are asked for by name. */
function tellFacts(url: string, body: string): Response | undefined {
  if (!url.endsWith('/$batch') || !body.includes('receivedDateTime')) return undefined;
  const { requests } = JSON.parse(body) as { requests: { id: string; url: string }[] };
  const facts = { receivedDateTime: '2026-01-01T00:00:00Z', isDraft: false };
  const responses = requests.map(({ id, url: path }) => ({
    id,
    status: 200,
    body: { ...facts, id: /messages\/([^/?]+)/.exec(path)?.[1] },
  }));
  return Response.json({ responses });
}
