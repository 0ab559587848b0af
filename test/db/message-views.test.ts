import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MessageView } from '../../src/domain/message.ts';
import { newItem, parkOne } from './support/intake-pages.ts';
import { view } from './support/message-views.ts';
import { ACCOUNT, openStores, type TestStores } from './support/open-stores.ts';

let stores: TestStores;
beforeAll(async () => {
  stores = await openStores();
});
afterAll(() => stores.close());

let parked = 0;
async function store(value: MessageView): Promise<{ id: string; read: MessageView }> {
  const id = await parkOne(stores, `view-${++parked}`);
  await stores.messages.saveView(ACCOUNT.id, id, value);
  return { id, read: await stores.messages.getView(id) };
}

const FULL = view({
  messageIdHeader: 'a@example.com',
  inReplyTo: 'parent@example.com',
  references: ['root@example.com', 'parent@example.com'],
  cc: [{ name: 'Copy', address: 'copy@example.com' }],
  replyTo: [{ name: '', address: 'reply@example.com' }],
  html: '<p>Please</p>',
  inlineAnswers: true,
  automatic: { kind: 'notification', reasons: ['Auto-Submitted: auto-generated'] },
  attachments: [
    {
      filename: 'offer.pdf',
      contentType: 'application/pdf',
      size: 12,
      disposition: 'attachment',
      contentId: undefined,
      sha256: 'aa',
    },
  ],
  pii: [{ kind: 'email', start: 0, end: 4 }],
  warnings: ['charset "foo" unknown'],
});

describe('a view', () => {
  it('comes back as it went in', async () => {
    expect((await store(FULL)).read).toEqual(FULL);
  });

  it('comes back as it went in when all that may be absent is absent', async () => {
    const bare = view({
      subject: '',
      from: { name: '', address: '' },
      to: [],
      date: undefined,
      text: '',
      visibleText: '',
    });
    expect((await store(bare)).read).toEqual(bare);
  });

  it('may be stored again: the later one counts', async () => {
    const { id } = await store(FULL);
    const later = view({ subject: 'Later', text: 'later', visibleText: 'later' });
    await stores.messages.saveView(ACCOUNT.id, id, later);
    expect(await stores.messages.getView(id)).toEqual(later);
  });

  it('marks its message as being read', async () => {
    const { id } = await store(FULL);
    expect(await stores.messageList.get(id)).toMatchObject({
      state: 'running',
      stage: 'read',
      automatic: 'notification',
      attachmentCount: 1,
      language: 'en',
    });
  });

  it('keeps NUL and lone surrogates out without moving a single offset', async () => {
    const hostile = 'a\u0000b\ud800c\udfff\ud83d\ude00';
    const { read } = await store({
      ...FULL,
      subject: hostile,
      from: { name: hostile, address: `a\u0000@example.com` },
      text: hostile,
      visibleText: hostile,
      html: hostile,
      messageIdHeader: `x\u0000@example.com`,
      inReplyTo: `y\ud800@example.com`,
      references: [`z\u0000@example.com`],
      warnings: [hostile],
      attachments: FULL.attachments.map((each) => ({ ...each, filename: hostile })),
    });
    const safe = 'a\ufffdb\ufffdc\ufffd\ud83d\ude00';
    expect(read).toMatchObject({
      subject: safe,
      text: safe,
      visibleText: safe,
      html: safe,
      warnings: [safe],
    });
    expect(read.visibleText).toHaveLength(hostile.length);
    expect(read.attachments[0]?.filename).toBe(safe);
  });

  it('keeps text that only looks like an escape', async () => {
    const text = String.raw`\u0000 \\u0000 \ud800 \x00 $1 ' " \ `;
    const { read } = await store(view({ text, visibleText: text, warnings: [text] }));
    expect(read).toMatchObject({ text, visibleText: text, warnings: [text] });
  });

  it('keeps header names and addresses that are names of JavaScript itself', async () => {
    const names = ['__proto__', 'constructor', 'toString'];
    const { read } = await store(
      view({
        subject: '__proto__',
        from: { name: '__proto__', address: 'constructor@example.com' },
        to: names.map((name) => ({ name, address: `${name}@example.com` })),
        references: names,
      }),
    );
    expect(read.to.map(({ name }) => name)).toEqual(names);
    expect(read.references).toEqual(names);
    expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
  });

  it('may hold two megabytes of text, of which the beginning is searched', async () => {
    const filler = Array.from({ length: 250_000 }, (_, index) => `w${index}`).join(' ');
    const text = `unicornstart ${filler} unicornend`.slice(0, 2_000_000);
    const { id, read } = await store(view({ text, visibleText: text }));
    expect(read.text).toBe(text);
    expect(
      (await stores.messageList.list({ search: 'unicornstart', limit: 5 })).map((row) => row.id),
    ).toEqual([id]);
  });

  it('may hold one word of two megabytes, or fifty thousand characters of four bytes', async () => {
    const word = 'x'.repeat(2_000_000);
    expect((await store(view({ subject: word, text: word, visibleText: word }))).read.text).toBe(word);
    const emoji = '\u{1f600} '.repeat(50_000);
    expect((await store(view({ text: emoji, visibleText: emoji }))).read.text).toBe(emoji);
  });

  it('may name an id of ten thousand characters', async () => {
    const id = `${randomBytes(5000).toString('hex')}@x`;
    const { read } = await store(view({ messageIdHeader: id, references: [id, `${id}2`] }));
    expect(read.references).toEqual([id, `${id}2`]);
  });

  it('of a message that was not read yet is NotFound, and so is the source of none', async () => {
    const id = await parkOne(stores, 'unread');
    expect(await stores.messages.findView(id)).toBeUndefined();
    await expect(stores.messages.getView(id)).rejects.toMatchObject({ type: 'NotFound' });
    await expect(stores.messages.getSource('none')).rejects.toMatchObject({ type: 'NotFound' });
  });
});

describe('a source', () => {
  it('comes back sealed as it went in, with the account it belongs to', async () => {
    const id = await parkOne(stores, 'source');
    const source = await stores.messages.getSource(id);
    expect(Buffer.from(source.sealed).toString()).toBe('sealed source');
    expect(source).toMatchObject({
      sha256: newItem('source').sha256,
      account: { id: ACCOUNT.id, name: ACCOUNT.name, address: ACCOUNT.address },
    });
  });
});

describe('a message that had ended', () => {
  it.each(['skipped', 'cancelled', 'processed'] as const)('and was %s is left as it is', async (outcome) => {
    const id = await parkOne(stores, `ended-${outcome}`);
    await stores.messages.settle(id, outcome, 'x');
    const before = await stores.messageList.get(id);
    await stores.messages.saveView(ACCOUNT.id, id, view());
    const { ended } = await stores.messages.getSource(id);
    expect(ended).toEqual({ outcome, category: undefined, priority: undefined });
    expect(await stores.messageList.get(id)).toEqual(before);
    await expect(stores.messages.getView(id)).rejects.toMatchObject({ type: 'NotFound' });
  });

  it('is read when it was reopened, and again after a run that broke off', async () => {
    const id = await parkOne(stores, 'reopened');
    await stores.messages.settle(id, 'skipped', 'x');
    await stores.messages.reopen([id]);
    for (const _ of [1, 2]) {
      await stores.messages.saveView(ACCOUNT.id, id, view({ messageIdHeader: undefined }));
      expect((await stores.messages.getSource(id)).ended).toBeUndefined();
    }
    expect((await stores.messageList.get(id)).state).toBe('running');
    await stores.messages.recordStage(id, 'approval', 'awaiting-approval');
    await stores.messages.saveView(ACCOUNT.id, id, view());
    expect((await stores.messages.getSource(id)).ended).toBeUndefined();
  });
});
