import { describe, expect, test } from 'vitest';
import { startGmail } from '../../support/gmail/open-gmail.ts';
import { pageRequest } from './read-all.ts';

const MAIL = 'From: ada@example.com\r\nSubject: hello\r\n\r\nHello\r\n';
const none = (count: number) => Array.from({ length: count }, () => 'none' as const);

describe('an answer that is not of Gmail', () => {
  // Its own is JSON with an `error` (developers.google.com/workspace/gmail/api/guides/handle-errors).
  test('404: a listed message is not gone for it', async () => {
    const { fake, mailbox, open } = await startGmail();
    mailbox.deliver(MAIL);
    const account = await open();
    // Labels, profile, history, list, then the message.
    fake.faults.script(...none(4), 'html404');
    const { items, gone = [] } = await account.readPage(pageRequest());
    expect([items.length, gone]).toEqual([1, []]);
    fake.faults.script('html404', 'html404');
    const keys = items.map(({ providerKey }) => providerKey);
    expect((await account.readItems(keys, { ...pageRequest() })).items).toHaveLength(1);
  });

  test('404: the history is not lost for it', async () => {
    const { fake, open } = await startGmail();
    const account = await open();
    const { cursor } = await account.readPage(pageRequest());
    fake.faults.script('html404');
    await expect(account.readPage(pageRequest({ cursor }))).rejects.toMatchObject({
      type: 'Unavailable',
      message: expect.stringContaining('404'),
    });
  });

  test('200 without a body: no list ends with it', async () => {
    const { fake, mailbox, open } = await startGmail();
    mailbox.deliver(MAIL);
    fake.faults.script(...none(3), 'empty');
    await expect((await open()).readPage(pageRequest())).rejects.toMatchObject({ type: 'Unavailable' });
  });

  test('200 without a body: no mark is done with it', async () => {
    const { fake, mailbox, open } = await startGmail();
    mailbox.deliver(MAIL);
    const account = await open();
    const { items } = await account.readPage(pageRequest());
    const key = items[0]?.providerKey ?? '';
    const { signal } = new AbortController();
    fake.faults.script('empty');
    const mark = { seen: true, label: undefined, folder: undefined };
    await expect(account.mark(key, mark, signal)).rejects.toMatchObject({ type: 'Unavailable' });
  });
});
