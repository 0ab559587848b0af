import { describe, expect, test } from 'vitest';
import { ServiceError } from '../../src/domain/service-error.ts';
import { graphRoom, keysOf, never, pull, toKeys, toRequest } from '../support/graph/graph-room.ts';
import { FAKE_TOKEN } from '../support/graph/start-fake-graph.ts';

const room = graphRoom();

describe('faults', () => {
  test('Retry-After is told once, and nothing is sent before it is over', async () => {
    room.deliver('one');
    const mailbox = room.open();
    room.controls.faults({ script: [{ fault: 'throttle', match: 'delta' }], retryAfterSeconds: 600 });
    const sent = () => room.controls.counters().requests['GET delta'] ?? 0;
    const before = sent();
    const refused = await mailbox.readPage(toRequest()).catch((error: unknown) => error);
    expect(refused).toMatchObject({ type: 'RateLimited', retryAfterMs: 600_000 });
    await expect(mailbox.readPage(toRequest())).rejects.toMatchObject({ type: 'RateLimited' });
    expect(sent() - before).toBe(1);
  });

  test('503 is Unavailable with its Retry-After, and is not tried again by the client', async () => {
    room.controls.faults({ script: [{ fault: 'unavailable', match: 'delta' }], retryAfterSeconds: 3 });
    const before = room.controls.counters().requests['GET delta'] ?? 0;
    await expect(room.open().readPage(toRequest())).rejects.toMatchObject({
      type: 'Unavailable',
      retryAfterMs: 3_000,
    });
    expect(room.controls.counters().requests['GET delta']).toBe(before + 1);
  });

  test('a connection that breaks, or is not there, is Unavailable', async () => {
    room.controls.faults({ script: [{ fault: 'reset', match: 'delta' }] });
    await expect(room.open().readPage(toRequest())).rejects.toMatchObject({ type: 'Unavailable' });
    const nobody = room.open({ baseUrl: 'https://localhost:9' });
    await expect(nobody.readPage(toRequest())).rejects.toMatchObject({
      type: 'Unavailable',
      message: expect.stringContaining('ECONNREFUSED'),
    });
  });

  test('a message whose connection is lost once comes with the same pull, and none is blamed for it', async () => {
    const [old = ''] = room.deliver('old');
    const { cursor } = await pull(room.open());
    const [fresh = ''] = room.deliver('fresh');
    const match = `${encodeURIComponent(fresh)}/$value`;
    room.controls.faults({ script: [{ fault: 'reset', match }] });
    const { items } = await pull(room.open(), { cursor });
    expect([old !== fresh, keysOf(items)]).toEqual([true, toKeys([fresh])]);
  });

  test('throttled parts of a batch come later, the others now', async () => {
    const ids = room.deliver('one', 'two', 'three', 'four');
    const script = [{ fault: 'throttle' as const, part: true }];
    room.controls.faults({ script, retryAfterSeconds: 600 });
    const page = await room.open().readPage(toRequest());
    expect(page.items).toHaveLength(3);
    expect(page.done).toBe(false);
    // The next page is of another process, perhaps, and has to wait as well.
    expect(page.waitMs).toBeGreaterThan(300_000);
    const { items } = await pull(room.open(), { cursor: page.cursor });
    expect(keysOf([...page.items, ...items])).toEqual(toKeys(ids));
  });

  test('a message that fails with 500 comes with another pull; the others are read at once', async () => {
    const [bad = '', good = ''] = room.deliver('bad', 'good');
    const match = `${encodeURIComponent(bad)}/$value`;
    room.controls.faults({
      script: [
        { fault: 'error', match, part: true },
        { fault: 'error', match },
      ],
    });
    const first = await pull(room.open());
    expect(keysOf(first.items)).toEqual(toKeys([good]));
    const { items } = await pull(room.open(), { cursor: first.cursor });
    expect(items).toMatchObject([{ providerKey: `graph:${bad}`, fault: undefined }]);
  });

  test('a message of which Graph tells nothing does not keep the others from being read again', async () => {
    const ids = room.deliver('bad', 'good');
    const match = `${encodeURIComponent(ids[0] ?? '')}?`;
    room.controls.faults({ script: [{ fault: 'error', match, part: true }] });
    const request = { maxBytes: 1_000_000, maxMessageBytes: 1_000_000, signal: never };
    const read = await room.open().readItems(toKeys(ids), { ...request, onProgress: () => undefined });
    expect([keysOf(read.items), read.gone]).toEqual([toKeys(ids), []]);
  });

  test('1,000 messages under seeded faults: none lost, none twice', async () => {
    const known = new Set<string>();
    const ids = Array.from({ length: 1_000 }, (_, index) => room.deliver(`seeded-${index}`)).flat();
    room.controls.faults({
      seed: 7,
      rates: { throttle: 0.1, unavailable: 0.1, reset: 0.1, expired: 0.05 },
      partRate: 0.03,
      retryAfterSeconds: 0,
    });
    const before = room.controls.counters().faults;
    const total = (counts: Record<string, number>) =>
      Object.values(counts).reduce((sum, count) => sum + count, 0);
    const { items } = await pull(room.open(), {
      findKnown: async (keys) => new Set(keys.filter((key) => known.has(key))),
      commit: (page) => {
        for (const { providerKey } of page.items) known.add(providerKey);
      },
    });
    expect(keysOf(items)).toEqual(toKeys(ids));
    expect(items.every((item) => item.raw !== undefined)).toBe(true);
    expect(total(room.controls.counters().faults) - total(before)).toBeGreaterThan(20);
  });
});

describe('signing in', () => {
  test('refreshes a refused token once', async () => {
    room.deliver('one');
    const asked: (string | undefined)[] = [];
    const mailbox = room.open({}, async (refused) => {
      asked.push(refused);
      return refused === undefined ? 'stale-token' : FAKE_TOKEN;
    });
    const page = await mailbox.readPage(toRequest());
    expect(page.items).toHaveLength(1);
    expect(asked.slice(0, 2)).toEqual([undefined, 'stale-token']);
  });

  test('says in the words of Graph that a token is refused, and shows no token', async () => {
    const mailbox = room.open({}, async () => 'secret-token');
    const error = await mailbox.readPage(toRequest()).catch((cause: unknown) => cause);
    expect(error).toMatchObject({
      type: 'AuthenticationFailed',
      message: expect.stringContaining('Access token has expired or is not yet valid.'),
      fix: expect.stringContaining('account login'),
    });
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('secret-token');
  });

  test('passes on why no token can be had', async () => {
    const mailbox = room.open({}, async () => {
      throw new ServiceError('AuthenticationFailed', 'The grant is gone');
    });
    await expect(mailbox.probe(never)).rejects.toMatchObject({ message: 'The grant is gone' });
  });

  test('ends at once when it is aborted', async () => {
    const stop = new AbortController();
    stop.abort(new Error('enough'));
    await expect(room.open().readPage(toRequest({ signal: stop.signal }))).rejects.toThrow('enough');
  });
});
