import { expect, it } from 'vitest';
import { DELTA, isDelta, listed, openScripted, toRequest } from './scripted-graph.ts';

const page = () => new Response('<html>Sign in</html>', { headers: { 'content-type': 'text/html' } });

it('takes a page of a proxy for no mail', async () => {
  const { mailbox } = openScripted((url) =>
    isDelta(url) ? listed('m1') : url.endsWith('/$value') ? page() : undefined,
  );
  await expect(mailbox.readPage(toRequest())).rejects.toMatchObject({
    type: 'Unavailable',
    fix: expect.stringContaining('proxy'),
  });
});

it('takes nothing for no mail where its size is told', async () => {
  const singleValueExtendedProperties = [{ id: 'Integer 0xe08', value: '512' }];
  const value = ['m1', 'm2'].map((id) => ({
    id,
    receivedDateTime: '2026-01-01T00:00:00Z',
    isDraft: false,
    singleValueExtendedProperties,
  }));
  const { mailbox } = openScripted((url) => {
    if (isDelta(url)) return Response.json({ value, '@odata.deltaLink': `${DELTA}?$deltatoken=end` });
    if (url.includes('/messages?')) return Response.json({ value: [{ id: 'm3' }] });
    return url.includes('/messages/') || url.endsWith('$batch') ? new Response('') : undefined;
  });
  await expect(mailbox.readPage(toRequest())).rejects.toMatchObject({ type: 'Unavailable' });
});

it('takes an empty answer for no missing folder', async () => {
  const { mailbox } = openScripted(() => new Response(''));
  await expect(mailbox.readPage(toRequest())).rejects.toMatchObject({ type: 'Unavailable' });
});
