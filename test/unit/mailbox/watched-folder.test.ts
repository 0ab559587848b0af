import { mkdirSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeFolder } from './make-folder.ts';
import { labels, later, list, mail, openTree as open, pass } from './watched-tree.ts';

const { signal } = new AbortController();

describe('a watched folder', () => {
  test('hands over each mail file once, at any depth, and what comes later, wherever it sorts', async () => {
    const root = makeFolder({
      'b.eml': mail('b'),
      'deep/er/c.EML': mail('c'),
      '.hidden/x.eml': mail('x'),
      'half.eml.part': mail('half'),
      'notes.txt': 'no mail',
    });
    const mailbox = await open(root);
    const known = new Set<string>();
    const first = await pass(mailbox, known, undefined, { maxItems: 1 });
    expect(labels(first.items)).toEqual(['b.eml', 'deep/er/c.EML']);
    expect(first.items[0]?.providerKey).toMatch(/^file:b\.eml;\d+;\d+$/);
    writeFileSync(join(root, 'a.eml'), mail('a'));
    const second = await pass(mailbox, known, first.cursor);
    expect(labels(second.items)).toEqual(['a.eml']);
    expect((await pass(mailbox, known, second.cursor)).items).toEqual([]);
  });

  test('leaves alone what is still being written, and reads it later', async () => {
    const root = makeFolder({ 'a.eml': mail('a') });
    let now = Date.now();
    const mailbox = await open(root, 'folder', () => now);
    const known = new Set<string>();
    const first = await pass(mailbox, known);
    expect(first.items).toEqual([]);
    expect(await list(mailbox, first.cursor)).toMatchObject([{ label: 'a.eml', passed: false }]);
    now = later();
    expect(labels((await pass(mailbox, known, first.cursor)).items)).toEqual(['a.eml']);
  });

  test('reads a file with many messages once for each content, page by page', async () => {
    const rows = (n: number) =>
      `subject,body\n${Array.from({ length: n }, (_none, i) => `s${i},b${i}`).join('\n')}\n`;
    const root = makeFolder({ 'a.csv': rows(5), 'b.eml': mail('b'), 'c.mbox': `From x\n${mail('in c')}` });
    const mailbox = await open(root);
    const known = new Set<string>();
    const first = await pass(mailbox, known, undefined, { maxItems: 2 });
    expect(labels(first.items)).toEqual([
      ...[1, 2, 3, 4, 5].map((n) => `a.csv: a.csv, row ${n}`),
      'b.eml',
      expect.stringContaining('c.mbox'),
    ]);
    expect((await pass(mailbox, known, first.cursor)).items).toEqual([]);
    writeFileSync(join(root, 'a.csv'), rows(6));
    const again = (await pass(mailbox, known, first.cursor)).items;
    expect(again).toHaveLength(6);
    expect(new Set(again.map(({ providerKey }) => providerKey)).size).toBe(6);
    const all = await list(mailbox, first.cursor);
    expect(all.filter(({ passed }) => passed)).toHaveLength(1);
    const [row] = again;
    const found = await mailbox.readItems([row?.providerKey ?? '', 'sha256:none'], {
      maxBytes: 1e6,
      maxMessageBytes: 1e6,
      signal,
      onProgress: () => undefined,
    });
    expect(found.items.map(({ raw }) => raw)).toEqual([row?.raw]);
    expect(found.gone).toEqual(['sha256:none']);
  });

  test('never follows a link, and tells of a file that is none of its kind', async () => {
    const outside = makeFolder({ 'secret.eml': mail('secret') });
    const root = makeFolder({ 'bad.eml': Buffer.alloc(50), 'bad.json': '{"a": [' });
    symlinkSync(outside, join(root, 'linked'));
    symlinkSync(join(outside, 'secret.eml'), join(root, 'linked.eml'));
    const { items } = await pass(await open(root), new Set());
    expect(items.map(({ label, fault }) => [label, fault?.type])).toEqual([
      ['bad.eml', 'InvalidInput'],
      [expect.stringContaining('bad.json'), 'InvalidInput'],
    ]);
  });

  test('leaves alone what was there before its look-back, for good', async () => {
    const root = makeFolder({ 'a.eml': mail('a') });
    const mailbox = await open(root);
    const since = new Date(Date.now() + 5_000);
    const first = await pass(mailbox, new Set(), undefined, { since });
    expect(first.items).toEqual([]);
    expect((await pass(mailbox, new Set(), first.cursor)).items).toEqual([]);
    expect((await list(mailbox, first.cursor))[0]?.skipped).toContain('looked back');
  });

  test('moves a message that was handled into a folder below, once, and never over another', async () => {
    const root = makeFolder({ 'a.eml': mail('a'), 'Done/b.eml': mail('old b'), 'b.eml': mail('b') });
    const mailbox = await open(root);
    const { items } = await pass(mailbox, new Set());
    const key = (label: string) => items.find((item) => item.label === label)?.providerKey ?? '';
    const mark = { seen: true, label: 'done', folder: 'Done' };
    expect(await mailbox.mark(key('a.eml'), mark, signal)).toBe(true);
    expect(await mailbox.mark(key('a.eml'), mark, signal)).toBe(false);
    await expect(mailbox.mark(key('b.eml'), mark, signal)).rejects.toMatchObject({ type: 'Conflict' });
    await expect(mailbox.mark(key('b.eml'), { ...mark, folder: '../up' }, signal)).rejects.toMatchObject({
      type: 'InvalidInput',
    });
    expect(labels((await pass(mailbox, new Set())).items)).toEqual(['Done/a.eml', 'Done/b.eml', 'b.eml']);
  });

  test('that is gone is not an empty one', async () => {
    const root = makeFolder({});
    const mailbox = await open(root);
    expect(await mailbox.probe(signal)).toEqual([`${root}: 0 messages`]);
    rmSync(root, { recursive: true });
    await expect(pass(mailbox, new Set())).rejects.toMatchObject({ type: 'Unavailable' });
    await expect(open(root)).rejects.toMatchObject({
      type: 'Unavailable',
      message: expect.stringContaining('There is no such folder'),
      fix: expect.stringContaining('mounted'),
    });
  });

  // A name that is left alone within the folder is none of the folder itself.
  test.each(['mail', 'tmp'])('tells of what comes into one named %s', async (folder) => {
    const root = join(makeFolder({ [`${folder}/first.eml`]: mail('first') }), folder);
    const mailbox = await open(root);
    const stop = new AbortController();
    const arrived = new Promise<void>((resolve) => {
      const done = mailbox.watch?.({ signal: stop.signal, onArrival: resolve });
      expect(done).toBeDefined();
    });
    const write = setInterval(() => writeFileSync(join(root, `${Date.now()}.eml`), mail('new')), 50);
    await arrived;
    clearInterval(write);
    stop.abort();
  });
});

describe('a Maildir', () => {
  const name = '1700000000.M1P2.host';
  const makeMaildir = () =>
    makeFolder({
      [`new/${name}`]: mail('new'),
      'cur/1700000001.M1P2.host,S=42:2,S': mail('seen'),
      'cur/1700000002.M1P2.host:2,D': mail('draft'),
      '.Orders/cur/1700000003.M1P2.host:2,': mail('order'),
      '.Sent/cur/1700000004.M1P2.host:2,S': mail('sent'),
      'tmp/1700000005.M1P2.host': mail('half'),
      'dovecot.index': 'x',
    });

  test('is read with its folders; what is no inbound mail is left alone and says why', async () => {
    const mailbox = await open(makeMaildir(), 'maildir', Date.now);
    const { items, cursor } = await pass(mailbox, new Set());
    expect(items.map(({ providerKey }) => providerKey).sort()).toEqual([
      `maildir:${name}`,
      'maildir:1700000001.M1P2.host,S=42',
      'maildir:1700000003.M1P2.host',
    ]);
    expect((await list(mailbox, cursor)).flatMap(({ skipped }) => skipped ?? []).sort()).toEqual([
      'It is a draft',
      'The folder Sent holds no inbound mail',
    ]);
  });

  test('knows a message whatever its flags and wherever it was moved', async () => {
    const root = makeMaildir();
    const mailbox = await open(root, 'maildir');
    const known = new Set<string>();
    const { cursor } = await pass(mailbox, known);
    renameSync(join(root, 'new', name), join(root, '.Orders/cur', `${name}:2,RS`));
    expect((await pass(mailbox, known, cursor)).items).toEqual([]);
  });

  test('keeps flags in order when it marks, and makes the folder that is named', async () => {
    const root = makeMaildir();
    const mailbox = await open(root, 'maildir');
    renameSync(join(root, 'new', name), join(root, 'cur', `${name}:2,FR`));
    const key = `maildir:${name}`;
    expect(await mailbox.mark(key, { seen: true, label: 'x', folder: 'Done' }, signal)).toBe(true);
    expect(await mailbox.mark(key, { seen: true, label: 'x', folder: 'Done' }, signal)).toBe(true);
    const { items } = await pass(mailbox, new Set());
    expect(labels(items)).toContain(`.Done/cur/${name}:2,FRS`);
    expect(
      await mailbox.mark('maildir:gone', { seen: true, label: undefined, folder: undefined }, signal),
    ).toBe(false);
  });

  test('that is none is told so', async () => {
    const root = makeFolder({ 'a.eml': mail('a') });
    mkdirSync(join(root, 'new'));
    utimesSync(root, 0, 0);
    await expect(open(root, 'maildir')).rejects.toThrow(/no Maildir: it has no folder cur/);
  });
});
