import { describe, expect, it } from 'vitest';
import { ServiceError } from '../../../src/domain/service-error.ts';
import { BASE, DELTA, isDelta, listed, openScripted, TOKEN, toRequest } from './scripted-graph.ts';

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

  it('that sizes of changes cannot be had is lived with', async () => {
    const { mailbox } = openScripted((url) => {
      if (!isDelta(url)) return url.endsWith('/$value') ? new Response('Subject: x\r\n\r\nx') : undefined;
      if (!url.includes('$expand')) return listed('m1');
      return Response.json({ error: { code: 'BadRequest', message: 'No $expand here' } }, { status: 400 });
    });
    expect((await mailbox.readPage(toRequest())).items).toHaveLength(1);
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

// learn.microsoft.com/graph/paging: a page may hold nothing and lead on; a filter makes such pages.
it('a folder is looked for behind pages that hold nothing', async () => {
  const page = (skip: number) =>
    Response.json({ value: [], '@odata.nextLink': `${BASE}/v1.0/me/mailFolders?$skip=${skip}` });
  const answer = (last: () => Response) => (url: string) => {
    if (!url.includes('/mailFolders?')) return undefined;
    const skip = Number(/skip=(\d+)/.exec(url)?.[1] ?? 0);
    return skip < 2 ? page(skip + 1) : last();
  };
  const found = () => Response.json({ value: [{ id: 'folder-9', displayName: 'Orders' }] });
  const { signal } = toRequest();
  expect(await openScripted(answer(found), ['Orders']).mailbox.probe(signal)).toEqual(['Orders']);
  const endless = openScripted(
    answer(() => page(2)),
    ['Orders'],
  ).mailbox.probe(signal);
  await expect(endless).rejects.toMatchObject({ type: 'NotFound' });
});
