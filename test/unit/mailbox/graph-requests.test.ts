import { describe, expect, it } from 'vitest';
import { ServiceError } from '../../../src/domain/service-error.ts';
import { openGraphMailbox } from '../../../src/mail/graph/open-graph-mailbox.ts';
import type { PageRequest } from '../../../src/mail/mailbox.ts';

const BASE = 'https://graph.example.com';
const FOLDER = { id: 'folder-1', displayName: 'Inbox', totalItemCount: 1 };
const DELTA = `${BASE}/v1.0/users/a%40example.com/mailFolders('folder-1')/messages/delta`;
const TOKEN = 'the-token';

interface Sent {
  readonly url: string;
  readonly token: string | undefined;
  readonly redirect: string | undefined;
}

type Answer = (url: string, body: string) => Response | undefined;

/** Graph as a function: the folder is there, and the rest is up to the test. */
function openScripted(answer: Answer) {
  const sent: Sent[] = [];
  const fake = async (input: unknown, init: RequestInit = {}): Promise<Response> => {
    const url = decodeURIComponent(String(input));
    const headers = init.headers as Record<string, string>;
    sent.push({ url, token: headers.authorization, redirect: init.redirect });
    const given = answer(url, typeof init.body === 'string' ? init.body : '');
    if (given) return given;
    if (url.includes('/mailFolders/inbox?')) return Response.json(FOLDER);
    return Response.json({ value: [], '@odata.deltaLink': `${DELTA}?$deltatoken=end` });
  };
  const mailbox = openGraphMailbox(
    { mailbox: 'a@example.com', folders: ['inbox'], baseUrl: BASE },
    { kind: 'token', getAccessToken: async () => TOKEN },
    { fetch: fake as typeof fetch },
  );
  return { mailbox, sent };
}

function toRequest(request: Partial<PageRequest> = {}): PageRequest {
  return {
    cursor: undefined,
    maxItems: 10,
    maxBytes: 1_000_000,
    maxMessageBytes: 100_000,
    signal: new AbortController().signal,
    onProgress: () => undefined,
    ...request,
  };
}

const isDelta = (url: string) => url.includes('/messages/delta');
const listed = (...ids: readonly string[]) =>
  Response.json({
    value: ids.map((id) => ({ id, receivedDateTime: '2026-01-01T00:00:00Z', isDraft: false })),
    '@odata.deltaLink': `${DELTA}?$deltatoken=end`,
  });

describe('what is sent to Graph', () => {
  it('bears the token, and follows no redirect', async () => {
    const { mailbox, sent } = openScripted(() => undefined);
    await mailbox.readPage(toRequest());
    expect(sent.length).toBeGreaterThan(1);
    expect(sent.every(({ token, redirect }) => token === `Bearer ${TOKEN}` && redirect === 'manual')).toBe(
      true,
    );
    expect(sent.every(({ url }) => url.startsWith(`${BASE}/v1.0/`))).toBe(true);
  });

  it.each([
    'https://evil.example.com/v1.0/users/x/messages/delta?$skiptoken=1',
    'http://graph.example.com/v1.0/users/x/messages/delta?$skiptoken=1',
    'https://graph.example.com:8443/v1.0/users/x/messages/delta?$skiptoken=1',
    'https://u@graph.example.com/v1.0/users/x/messages/delta?$skiptoken=1',
    'https://graph.example.com/other/delta?$skiptoken=1',
    'file:///etc/passwd',
    `${BASE}/v1.0/${'x'.repeat(20_000)}`,
  ])('never goes where a link leads elsewhere: %s', async (link) => {
    const { mailbox, sent } = openScripted((url) =>
      isDelta(url) ? Response.json({ value: [], '@odata.nextLink': link }) : undefined,
    );
    await expect(mailbox.readPage(toRequest())).rejects.toMatchObject({ type: 'InvalidInput' });
    expect(sent.filter(({ url }) => !url.startsWith(`${BASE}/v1.0/`))).toEqual([]);
  });

  it('never goes where a stored position leads', async () => {
    const { mailbox, sent } = openScripted(() => undefined);
    const cursor = (link: string) =>
      JSON.stringify({ folders: [['inbox', { id: 'folder-1', link, rest: [] }]] });
    for (const link of [
      '//evil.example.com/x',
      '/https://evil.example.com/x',
      'https://evil.example.com/x',
    ]) {
      await mailbox.readPage(toRequest({ cursor: cursor(link) })).catch(() => undefined);
    }
    expect(sent.filter(({ url }) => new URL(url).host !== 'graph.example.com')).toEqual([]);
  });

  it('is not repeated at another place when Graph redirects', async () => {
    const { mailbox } = openScripted((url) =>
      isDelta(url)
        ? new Response(null, { status: 302, headers: { location: 'https://evil.example.com/' } })
        : undefined,
    );
    await expect(mailbox.readPage(toRequest())).rejects.toBeInstanceOf(ServiceError);
  });
});

describe('what Graph answers', () => {
  it.each([
    [403, 'ErrorAccessDenied', 'PermissionDenied', 'Mail.Read'],
    [404, 'MailboxNotEnabledForRESTAPI', 'NotFound', 'licence'],
    [400, 'BadRequest', 'InvalidInput', undefined],
    [502, 'BadGateway', 'Unavailable', undefined],
    [429, 'ApplicationThrottled', 'RateLimited', undefined],
  ])('%i %s is %s', async (status, code, type, fix) => {
    const error = { error: { code, message: `No, ${TOKEN}, for a@example.com` } };
    const { mailbox } = openScripted((url) => (isDelta(url) ? Response.json(error, { status }) : undefined));
    const thrown = await mailbox.readPage(toRequest()).catch((cause: unknown) => cause);
    expect(thrown).toMatchObject({ type, message: expect.stringContaining(code) });
    if (fix !== undefined) expect(thrown).toMatchObject({ fix: expect.stringContaining(fix) });
    expect(String((thrown as Error).message)).not.toMatch(/the-token|a@example/);
  });

  it('names the permission that marking needs', async () => {
    const { mailbox } = openScripted((url) =>
      url.includes('/messages/m1')
        ? Response.json({ error: { code: 'ErrorAccessDenied' } }, { status: 403 })
        : undefined,
    );
    const mark = { seen: true, label: undefined, folder: undefined };
    await expect(mailbox.mark('graph:m1', mark, new AbortController().signal)).rejects.toMatchObject({
      fix: expect.stringContaining('Mail.ReadWrite'),
    });
  });

  it('in HTML, or cut off, is Unavailable', async () => {
    for (const body of ['<html>proxy</html>', '{"value": [', '[]']) {
      const { mailbox } = openScripted((url) => (isDelta(url) ? new Response(body) : undefined));
      await expect(mailbox.readPage(toRequest())).rejects.toMatchObject({ type: 'Unavailable' });
    }
  });

  it('without a link, or with the same link for ever, is Unavailable', async () => {
    const same = `${DELTA}?$skiptoken=same`;
    for (const json of [{ value: [] }, { value: [], '@odata.nextLink': same }]) {
      const { mailbox } = openScripted((url) => (isDelta(url) ? Response.json(json) : undefined));
      await expect(mailbox.readPage(toRequest())).rejects.toMatchObject({ type: 'Unavailable' });
    }
  });

  it('with entries that make no sense is read as far as it does', async () => {
    const value = [null, 7, {}, { id: '' }, { id: 5 }, { id: 'gone', '@removed': { reason: 'changed' } }];
    const { mailbox } = openScripted((url) =>
      isDelta(url) ? Response.json({ value, '@odata.deltaLink': `${DELTA}?$deltatoken=end` }) : undefined,
    );
    expect(await mailbox.readPage(toRequest())).toMatchObject({
      items: [],
      gone: ['graph:gone'],
      done: true,
    });
  });
});

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
    for (const answer of [{ responses: [] }, { responses: 'x' }, { responses: [{ id: '9', status: 200 }] }]) {
      const { mailbox } = openScripted((url, body) => {
        if (isDelta(url)) return listed('m1', 'm2', 'm3');
        if (parts(url, body)) return Response.json(answer);
        return url.endsWith('/$value') ? new Response('Subject: x\r\n\r\nx') : undefined;
      });
      expect((await mailbox.readPage(toRequest())).items).toHaveLength(3);
    }
  });

  it('asks for immutable ids in each of its parts', async () => {
    const asked: unknown[] = [];
    const { mailbox } = openScripted((url, body) => {
      if (isDelta(url)) return listed('m1', 'm2');
      const requests = parts(url, body) as { id: string; headers?: unknown }[] | undefined;
      if (!requests) return undefined;
      asked.push(...requests.map(({ headers }) => headers));
      return Response.json({ responses: requests.map(({ id }) => ({ id, status: 404 })) });
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
      maxMessageBytes: 1_000,
      signal: new AbortController().signal,
      onProgress: () => undefined,
    };
    const again = await mailbox.readItems([item?.providerKey ?? '', 'graph:~none', 'imap;1;2'], request);
    expect(again.map(({ providerKey }) => providerKey)).toEqual([item?.providerKey]);
  });
});
