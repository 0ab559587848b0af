import { describe, expect, test } from 'vitest';
import { asked, body, facts, openFakeImap, search } from './fake-imap.ts';
import { pageRequest } from './read-all.ts';

describe('an IMAP server that sends more than it says', () => {
  test('a size that lies does not fill the memory', async () => {
    const mailbox = await openFakeImap((command, tag) => {
      if (command.startsWith('UID SEARCH')) return search(tag, 1);
      if (command.includes('RFC822.SIZE')) return [facts(1, 10), `${tag} OK done`];
      if (command.startsWith('UID FETCH')) {
        const length = Number(/<0\.(\d+)>/.exec(command)?.[1]);
        return [body(1, 'x'.repeat(length)), `${tag} OK done`];
      }
      return [];
    });
    const page = await mailbox.readPage(pageRequest({ maxMessageBytes: 1000 }));
    expect(page.items[0]).toMatchObject({
      raw: undefined,
      fault: { reason: 'It has more than 1000 bytes.' },
    });
  });

  test('sizes that lie fill the memory together no more than one by one, and none is passed over', async () => {
    const uids = Array.from({ length: 40 }, (_, i) => i + 1);
    const mailbox = await openFakeImap((command, tag) => {
      if (command.startsWith('UID SEARCH')) return search(tag, ...uids);
      if (command.includes('RFC822.SIZE')) return [...uids.map((uid) => facts(uid, 10)), `${tag} OK done`];
      if (!command.startsWith('UID FETCH')) return [];
      return [...asked(command).map((uid) => body(uid, 'x'.repeat(900_000))), `${tag} OK done`];
    });
    const { items } = await mailbox.readPage(pageRequest());
    expect(items.map(({ label }) => label)).toEqual(uids.map((uid) => `INBOX, UID ${uid}`));
    const held = items.reduce((sum, { raw }) => sum + (raw?.byteLength ?? 0), 0);
    expect(held).toBeLessThan(10_000_000);
    const refused = items.filter(({ fault }) => fault?.reason.includes('far more than the sizes'));
    expect(refused).toHaveLength(uids.length - items.filter(({ raw }) => raw !== undefined).length);
  });

  test('a message that is announced as gigantic ends the connection at once and is parked', async () => {
    const mailbox = await openFakeImap((command, tag) => {
      if (command.startsWith('UID SEARCH')) return search(tag, 1, 2);
      if (command.includes('RFC822.SIZE')) return [facts(1), facts(2), `${tag} OK done`];
      if (!command.startsWith('UID FETCH')) return [];
      if (asked(command).includes(1)) return ['* 1 FETCH (UID 1 BODY[]<0> {900000000}'];
      return [body(2), `${tag} OK done`];
    });
    const { items } = await mailbox.readPage(pageRequest());
    expect(items.map(({ label, fault }) => [label, fault?.type])).toEqual([
      ['INBOX, UID 1', 'NotFound'],
      ['INBOX, UID 2', undefined],
    ]);
    expect(items[0]?.fault?.reason).toContain('sends more than can be an answer');
  });

  test('an answer that never ends is cut off, whatever was asked', async () => {
    const mailbox = await openFakeImap((command) =>
      command.startsWith('UID SEARCH') ? ['* SEARCH {900000000}'] : [],
    );
    const failure: unknown = await mailbox.readPage(pageRequest()).catch((error: unknown) => error);
    expect(failure).toMatchObject({ type: 'Unavailable', fix: undefined });
    expect(String(failure)).toContain('sends more than can be an answer');
  });
});
