import { describe, expect, test } from 'vitest';
import type { MailboxItem } from '../../../src/mail/mailbox.ts';
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

  describe.each(['ascending', 'descending', 'single'] as const)(
    'sizes that are too small (%s answers)',
    (order) => {
      const uids = Array.from({ length: 40 }, (_, i) => i + 1);
      const open = () =>
        openFakeImap((command, tag) => {
          if (command.startsWith('EXAMINE'))
            return ['* 40 EXISTS', '* OK [UIDVALIDITY 0] zero', '* OK [UIDNEXT 41] next', `${tag} OK done`];
          if (command.startsWith('UID SEARCH')) return search(tag, ...uids);
          if (command.includes('RFC822.SIZE'))
            return [...uids.map((uid) => facts(uid, 10)), `${tag} OK done`];
          if (!command.startsWith('UID FETCH')) return [];
          if (order === 'single' && asked(command).length > 1) return [`${tag} NO one at a time`];
          const length = (uid: number) => (uid === 30 ? 1024 * 1024 + 1 : 900_000);
          const found = asked(command).map((uid) => body(uid, 'x'.repeat(length(uid))));
          return [...(order === 'descending' ? found.reverse() : found), `${tag} OK done`];
        });
      const labels = uids.map((uid) => `INBOX, UID ${uid}`);
      const tooLarge = ['INBOX, UID 30'];
      const toHeld = (items: readonly MailboxItem[]) =>
        items.reduce((sum, { raw }) => sum + (raw?.byteLength ?? 0), 0);
      const toFaulty = (items: readonly MailboxItem[]) =>
        items.filter((one) => one.fault).map((one) => one.label);

      test('end the page and not the reading: only what is too large by itself is parked', async () => {
        const mailbox = await open();
        const items: MailboxItem[] = [];
        let cursor: string | undefined;
        for (let done = false; !done; ) {
          const page = await mailbox.readPage(pageRequest({ cursor }));
          expect(toHeld(page.items)).toBeLessThan(10_000_000);
          items.push(...page.items);
          ({ cursor, done } = page);
        }
        expect(items.map(({ label }) => label)).toEqual(labels);
        expect(toFaulty(items)).toEqual(tooLarge);
      });

      test('pass over nothing of what is read by its key', async () => {
        const mailbox = await open();
        const keys = uids.map((uid) => `INBOX;0;${uid}`);
        const { signal, onProgress, maxMessageBytes } = pageRequest();
        const request = { signal, onProgress, maxMessageBytes, maxBytes: Number.POSITIVE_INFINITY };
        const { items, gone } = await mailbox.readItems(keys, request);
        expect([items.map(({ label }) => label), gone]).toEqual([labels, []]);
        expect(toFaulty(items)).toEqual(tooLarge);
      });
    },
  );

  test('a whole message where a part was asked for is parked as too large, by page and by key', async () => {
    let fetches = 0;
    const mailbox = await openFakeImap((command, tag) => {
      if (command.startsWith('UID SEARCH')) return search(tag, 1, 2);
      if (command.includes('RFC822.SIZE')) return [facts(1, 10), facts(2, 10), `${tag} OK done`];
      if (!command.startsWith('UID FETCH')) return [];
      fetches += 1;
      const found = asked(command).map((uid) => body(uid, uid === 1 ? 'x'.repeat(12_000_000) : undefined));
      return fetches > 6 ? undefined : [...found, `${tag} OK done`];
    });
    const { signal, onProgress, maxMessageBytes, maxBytes } = pageRequest();
    const request = { signal, onProgress, maxMessageBytes, maxBytes };
    const byPage = await mailbox.readPage(pageRequest());
    const byKey = await mailbox.readItems(['INBOX;0;1', 'INBOX;0;2'], request);
    for (const { items } of [byPage, byKey])
      expect(items.map(({ label, raw, fault }) => [label, raw?.byteLength, fault?.reason])).toEqual([
        ['INBOX, UID 1', undefined, 'It has more than 1048576 bytes.'],
        ['INBOX, UID 2', 27, undefined],
      ]);
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
      ['INBOX, UID 1', 'Unavailable'],
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
