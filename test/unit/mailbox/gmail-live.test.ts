import { describe, expect, test } from 'vitest';
import type { ListRequest, LiveMailbox, MailboxEntry } from '../../../src/mail/mailbox.ts';
import { startGmail, TOKEN } from '../../support/gmail/open-gmail.ts';
import { pageRequest } from './read-all.ts';

const { signal } = new AbortController();
const mail = (name: string): string => `From: ada@example.com\r\nSubject: ${name}\r\n\r\nHello\r\n`;
const TOPIC = 'projects/demo/topics/mail';
const DAY_MS = 86_400_000;

async function list(mailbox: LiveMailbox, changes: Partial<ListRequest> = {}): Promise<MailboxEntry[]> {
  const request = { cursor: undefined, since: undefined, signal, onProgress: () => undefined, ...changes };
  const all: MailboxEntry[] = [];
  for await (const page of mailbox.list(request)) all.push(...page);
  return all;
}

describe('a Gmail mailbox', () => {
  test('lists every id once with what is left alone and why, and what the cursor is past', async () => {
    const { mailbox, open } = await startGmail();
    const support = mailbox.addLabel('Support');
    const now = Date.now();
    const read = mailbox.deliver(mail('read'), ['INBOX', support], now - 1_000);
    const old = mailbox.deliver(mail('old'), ['INBOX'], now - 9 * DAY_MS);
    const own = mailbox.deliver(mail('own'), ['SENT', support]);
    const self = mailbox.deliver(mail('self'), ['SENT', 'INBOX', support]);
    const draft = mailbox.deliver(mail('draft'), ['DRAFT', 'INBOX']);
    mailbox.deliver(mail('spam'), ['SPAM', support]);
    mailbox.deliver(mail('elsewhere'), []);
    const account = await open({ labels: ['INBOX', 'Support'] });
    const since = new Date(now - 2 * DAY_MS);
    let page = await account.readPage(pageRequest({ since }));
    while (!page.done) page = await account.readPage(pageRequest({ since, cursor: page.cursor }));
    const late = mailbox.deliver(mail('late'));
    const entries = await list(account, { cursor: page.cursor, since });
    const told = entries.map(({ providerKey, passed, skipped }) => [providerKey.slice(6), passed, skipped]);
    expect(told.sort()).toEqual(
      [
        [read, true, undefined],
        [old, true, 'It came before the days that are looked back.'],
        [own, true, 'It was sent from here.'],
        [self, true, undefined],
        [draft, true, 'It is a draft.'],
        [late, false, undefined],
      ].sort(),
    );
  });

  test('lists the other labels where one is gone, and says that it is', async () => {
    const { mailbox, open } = await startGmail();
    const id = mailbox.deliver(mail('here'), ['INBOX']);
    const account = await open({ labels: ['Gone', 'INBOX'] });
    const seen: string[] = [];
    const all = async () => {
      const request = { cursor: undefined, since: undefined, signal, onProgress: () => undefined };
      for await (const page of account.list(request))
        seen.push(...page.map((one) => one.providerKey.slice(6)));
    };
    await expect(all()).rejects.toMatchObject({
      type: 'NotFound',
      message: 'The mailbox has no label "Gone".',
    });
    expect(seen).toEqual([id]);
  });

  test('what is not here counts as missing for ever, however far the look-back has moved on', async () => {
    const { mailbox, open } = await startGmail();
    const now = Date.now();
    const ago = (days: number) => new Date(now - days * DAY_MS);
    const old = mailbox.deliver(mail('old'), ['INBOX'], now - 9 * DAY_MS);
    const lost = mailbox.deliver(mail('lost'), ['INBOX'], now - 5 * DAY_MS);
    const account = await open();
    const toEnd = async (cursor: string | undefined, days: number) => {
      const read = (at: string | undefined) =>
        account.readPage(pageRequest({ since: ago(days), ...(at !== undefined && { cursor: at }) }));
      let page = await read(cursor);
      while (!page.done) page = await read(page.cursor);
      return page.cursor;
    };
    const told = async (cursor: string, days: number) =>
      new Map(
        (await list(account, { cursor, since: ago(days) })).map(({ providerKey, passed, skipped }) => [
          providerKey.slice(6),
          [passed, skipped === undefined],
        ]),
      );
    const both = new Map([
      [lost, [true, true]],
      [old, [true, false]],
    ]);
    const first = await toEnd(undefined, 7);
    expect(await told(first, 2)).toEqual(both);
    mailbox.expireHistory();
    const recovered = await toEnd(first, 2);
    expect(await told(recovered, 1)).toEqual(both);
    // A position of before goes on, and what it takes for the bound stays.
    const { firstAfter: _, ...rest } = JSON.parse(first) as Record<string, unknown>;
    mailbox.deliver(mail('late'));
    const before = await toEnd(JSON.stringify(rest), 7);
    expect((await told(before, 2)).get(lost)).toEqual([true, true]);
  });

  test('a message of two labels is old only when it was for both of them', async () => {
    const { mailbox, open } = await startGmail();
    const now = Date.now();
    const later = mailbox.addLabel('Later');
    const id = mailbox.deliver(mail('both'), ['INBOX', later], now - 5 * DAY_MS);
    const toEnd = async (labels: string[], cursor: string | undefined, days: number) => {
      const account = await open({ labels });
      const since = new Date(now - days * DAY_MS);
      let page = await account.readPage(pageRequest({ since, ...(cursor !== undefined && { cursor }) }));
      while (!page.done) page = await account.readPage(pageRequest({ since, cursor: page.cursor }));
      return { account, cursor: page.cursor, since };
    };
    const inbox = await toEnd(['INBOX'], undefined, 7);
    const { account, cursor, since } = await toEnd(['INBOX', 'Later'], inbox.cursor, 2);
    expect(await list(account, { cursor, since })).toMatchObject([
      { providerKey: `gmail:${id}`, skipped: undefined },
    ]);
  });

  test('while it is still being listed, or the history is lost, nothing is said to be passed', async () => {
    const { mailbox, open } = await startGmail();
    for (let i = 0; i < 9; i++) mailbox.deliver(mail(`n${i}`));
    const later = mailbox.addLabel('Later');
    mailbox.deliver(mail('later'), [later]);
    const account = await open({ labels: ['INBOX', 'Later'] });
    const passed = async (cursor: string | undefined) =>
      (await list(account, { cursor })).filter((entry) => entry.passed).length;
    expect(await passed(undefined)).toBe(0);
    const first = await account.readPage(pageRequest({ maxItems: 5 }));
    expect(await passed(first.cursor)).toBe(0);
    const second = await account.readPage(pageRequest({ cursor: first.cursor }));
    const third = await account.readPage(pageRequest({ cursor: second.cursor }));
    expect([third.done, await passed(third.cursor)]).toEqual([true, 10]);
    mailbox.expireHistory();
    expect(await passed(third.cursor)).toBe(0);
  });

  test('hands over named messages and tells what is gone or of another provider', async () => {
    const { mailbox, open } = await startGmail();
    const [a, b] = [mailbox.deliver(mail('a')), mailbox.deliver(mail('b'), [])];
    const account = await open();
    const request = { maxBytes: 10_000, maxMessageBytes: 10_000, signal, onProgress: () => undefined };
    const { items, gone } = await account.readItems(
      [`gmail:${b}`, 'gmail:18ffffff', 'INBOX;1;1', `gmail:${a}`, 'gmail:../labels'],
      request,
    );
    expect(items.map(({ providerKey }) => providerKey)).toEqual([`gmail:${b}`, `gmail:${a}`]);
    expect([...gone].sort()).toEqual(['INBOX;1;1', 'gmail:../labels', 'gmail:18ffffff']);
  });

  test('named messages stop at the bytes, and one that is not handed over leaves the others', async () => {
    const { fake, mailbox, open } = await startGmail();
    const ids = Array.from({ length: 12 }, (_none, i) => mailbox.deliver(mail(`n${i}`)));
    const keys = ids.map((id) => `gmail:${id}`);
    fake.poisoned.set(ids[1] as string, 500);
    const account = await open();
    const request = { maxBytes: 1, maxMessageBytes: 10_000, signal, onProgress: () => undefined };
    const first = await account.readItems(keys, request);
    expect(first.items.map(({ providerKey }) => providerKey)).toEqual([keys[0], ...keys.slice(2, 5)]);
    expect(first.gone).toEqual([]);
    const [, bad = ''] = keys;
    fake.faults.set({ '503': 1 });
    await expect(account.readItems([bad], request)).rejects.toMatchObject({ type: 'Unavailable' });
  });

  test.each([400, 403, 500] as const)(
    'a named message that is refused with %i for good is a fault, as in a pull; not all of them',
    async (status) => {
      const { fake, mailbox, open } = await startGmail();
      const [good = '', bad = ''] = ['good', 'bad'].map((name) => mailbox.deliver(mail(name)));
      fake.poisoned.set(bad, status);
      const account = await open();
      const request = { maxBytes: 10_000, maxMessageBytes: 10_000, signal, onProgress: () => undefined };
      const fault = { providerKey: `gmail:${bad}`, fault: { type: 'Unavailable' } };
      const both = await account.readItems([`gmail:${bad}`, `gmail:${good}`], request);
      expect(both).toMatchObject({
        items: [{ providerKey: `gmail:${good}`, fault: undefined }, fault],
        gone: [],
      });
      expect(await account.readItems([`gmail:${bad}`], request)).toMatchObject({ items: [fault], gone: [] });
      fake.refuseToken(TOKEN);
      await expect(account.readItems([`gmail:${bad}`], request)).rejects.toMatchObject({
        type: 'AuthenticationFailed',
      });
    },
  );

  test('marks: seen, a label that is made once, a folder out of the inbox; twice is once', async () => {
    const { mailbox, open } = await startGmail();
    const id = mailbox.deliver(mail('a'));
    const account = await open();
    const mark = { seen: true, label: 'Done by Mailroom', folder: 'Archive/2026' };
    expect(await account.mark(`gmail:${id}`, mark, signal)).toBe(true);
    expect(await (await open()).mark(`gmail:${id}`, { ...mark, label: 'done by mailroom' }, signal)).toBe(
      true,
    );
    const names = [...(mailbox.messages.get(id)?.labels ?? [])].map(
      (label) => mailbox.labels.get(label)?.name,
    );
    expect(names.sort()).toEqual(['Archive/2026', 'Done by Mailroom']);
    mailbox.remove(id);
    expect(await account.mark(`gmail:${id}`, mark, signal)).toBe(false);
  });

  test('two that make the same label at once use one', async () => {
    const { mailbox, open } = await startGmail();
    const ids = [mailbox.deliver(mail('a')), mailbox.deliver(mail('b'))];
    const mark = { seen: false, label: 'Same', folder: undefined };
    const accounts = await Promise.all(ids.map(() => open()));
    await Promise.all(ids.map(async (id, at) => accounts[at]?.mark(`gmail:${id}`, mark, signal)));
    const made = [...mailbox.labels.values()].filter(({ name }) => name === 'Same');
    expect(made.length).toBe(1);
    for (const id of ids) expect(mailbox.messages.get(id)?.labels).toContain(made[0]?.id);
  });

  test('a probe counts each label and names one that is not there', async () => {
    const { mailbox, open } = await startGmail();
    mailbox.deliver(mail('a'));
    expect(await (await open()).probe(signal)).toEqual(['INBOX: 1 message']);
    await expect((await open({ labels: ['INBOX', 'Nope'] })).probe(signal)).rejects.toMatchObject({
      type: 'NotFound',
      message: expect.stringContaining('"Nope"'),
    });
  });

  test('a watch on the labels, for a week; without a topic there is none', async () => {
    const { fake, mailbox, open } = await startGmail();
    expect((await open()).subscribe).toBeUndefined();
    const support = mailbox.addLabel('Support');
    const account = await open({ topic: TOPIC, labels: ['Support'] });
    const findOthers = async () => new Set<string>();
    const request = { publicUrl: 'https://mail.example.com', clientState: 'x', findOthers, signal };
    const made = await account.subscribe?.(undefined, request);
    expect(made?.id).toBe(`watch:${mailbox.address}`);
    expect((made?.expiresAt.getTime() ?? 0) - Date.now()).toBeGreaterThan(6 * DAY_MS);
    expect([...fake.watches.values()]).toMatchObject([{ topicName: TOPIC, labelIds: [support] }]);
    const current = { id: made?.id ?? '', expiresAt: new Date() };
    await account.subscribe?.(current, request);
    await account.unsubscribe?.(current, signal);
    await account.unsubscribe?.(current, signal);
    expect(fake.watches.size).toBe(0);
  });
});
