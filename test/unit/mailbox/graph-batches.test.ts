import { describe, expect, it } from 'vitest';
import { type Answer, isDelta, listed, openScripted, toRequest } from './scripted-graph.ts';

describe('a batch', () => {
  const parts = (url: string, body: string) =>
    url.endsWith('/$batch')
      ? (JSON.parse(body) as { requests: { id: string; url: string }[] }).requests
      : undefined;

  it('that carries text instead of base64 is not believed: the bytes are asked for', async () => {
    const { mailbox } = openScripted((url, body) => {
      if (isDelta(url)) return listed('m1', 'm2');
      const requests = parts(url, body);
      if (requests) {
        const responses = requests.map(({ id }) => ({
          id,
          status: 200,
          body: 'Subject: caf\uFFFD\r\n\r\nx',
        }));
        return Response.json({ responses });
      }
      return url.endsWith('/$value')
        ? new Response(Buffer.from('Subject: caf\xe9\r\n\r\nx', 'latin1'))
        : undefined;
    });
    const { items } = await mailbox.readPage(toRequest());
    expect(items.map(({ raw }) => Buffer.from(raw ?? []).toString('latin1'))).toEqual(
      Array.from({ length: 2 }, () => 'Subject: caf\xe9\r\n\r\nx'),
    );
  });

  it('that leaves messages out, or is nonsense, is made up for one by one', async () => {
    const empty = ['0', '1', '2'].map((id) => ({ id, status: 200, body: '' }));
    for (const responses of [[], 'x', [{ id: '9', status: 200 }], empty]) {
      const { mailbox } = openScripted((url, body) => {
        if (isDelta(url)) return listed('m1', 'm2', 'm3');
        if (parts(url, body)) return Response.json({ responses });
        return url.endsWith('/$value') ? new Response('Subject: x\r\n\r\nx') : undefined;
      });
      const { items } = await mailbox.readPage(toRequest());
      expect(items.map(({ fault }) => fault)).toEqual([undefined, undefined, undefined]);
    }
  });

  it('asks for immutable ids in each of its parts', async () => {
    const asked: unknown[] = [];
    const { mailbox } = openScripted((url, body) => {
      if (isDelta(url)) return listed('m1', 'm2');
      const requests = parts(url, body) as { id: string; headers?: unknown }[] | undefined;
      if (!requests) return undefined;
      asked.push(...requests.map(({ headers }) => headers));
      const gone = { status: 404, body: { error: { code: 'ErrorItemNotFound', message: 'No.' } } };
      return Response.json({ responses: requests.map(({ id }) => ({ id, ...gone })) });
    });
    expect((await mailbox.readPage(toRequest())).items).toEqual([]);
    expect(asked).toEqual(Array.from({ length: 2 }, () => ({ prefer: 'IdType="ImmutableId"' })));
  });

  it('does not load what announces more bytes than the limit', async () => {
    let cancelled = false;
    const { mailbox } = openScripted((url) => {
      if (isDelta(url)) return listed('m1');
      if (!url.endsWith('/$value')) return undefined;
      const stream = new ReadableStream({
        pull: (controller) => controller.enqueue(new Uint8Array(1_000)),
        cancel: () => {
          cancelled = true;
        },
      });
      return new Response(stream);
    });
    const { items } = await mailbox.readPage(toRequest());
    expect(items).toMatchObject([{ raw: undefined, fault: { type: 'InvalidInput' } }]);
    expect(cancelled).toBe(true);
  });
});

describe('an id', () => {
  const long = 'x'.repeat(400);
  const answer: Answer = (url) => {
    if (isDelta(url)) return listed(long);
    if (url.endsWith('/$value')) return new Response('Subject: x\r\n\r\nx');
    if (url.endsWith('/$batch')) {
      const body = { id: long, receivedDateTime: '2026-01-01T00:00:00Z' };
      return Response.json({ responses: [{ id: '0', status: 200, body }] });
    }
    return undefined;
  };

  it('that is too long for a key is hashed, and found again by it', async () => {
    const { mailbox } = openScripted(answer);
    const [item] = (await mailbox.readPage(toRequest())).items;
    expect(item?.providerKey).toMatch(/^graph:~[0-9a-f]{64}$/);
    const request = {
      maxBytes: 1_000,
      maxMessageBytes: 1_000,
      signal: new AbortController().signal,
      onProgress: () => undefined,
    };
    const again = await mailbox.readItems([item?.providerKey ?? '', 'graph:~none', 'imap;1;2'], request);
    expect(again.items.map(({ providerKey }) => providerKey)).toEqual([item?.providerKey]);
    expect(again.gone).toEqual(['graph:~none', 'imap;1;2']);
  });
});
