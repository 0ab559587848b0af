import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openFilesMailbox } from '../../../src/mail/files/open-files-mailbox.ts';
import { makeFolder } from './make-folder.ts';
import { pageRequest, readAll } from './read-all.ts';

const mail = (name: string): string =>
  `From: ${name}@example.com\r\nSubject: ${name}\r\n\r\nHello ${name}\r\n`;

describe('a folder of .eml files', () => {
  test('is read recursively in name order, page by page, byte by byte', async () => {
    const root = makeFolder({
      'b.eml': mail('b'),
      'a.eml': mail('a'),
      'sub/c.EML': mail('c'),
      'sub/deep/d.eml': mail('d'),
      '.hidden.eml': mail('x'),
      '.git/e.eml': mail('x'),
      'notes.txt': 'no mail',
    });
    const mailbox = await openFilesMailbox(root);
    const items = await readAll(mailbox, { maxItems: 3 });
    expect(items.map((item) => item.label)).toEqual(['a.eml', 'b.eml', 'sub/c.EML', 'sub/deep/d.eml']);
    const first = items[0];
    expect(Buffer.from(first?.raw ?? []).toString()).toBe(mail('a'));
    expect(first?.providerKey).toBe(`sha256:${createHash('sha256').update(mail('a')).digest('hex')}`);
    const page = await mailbox.readPage(pageRequest({ maxItems: 3 }));
    expect(page).toMatchObject({ total: 4, done: false });
  });

  test('turns what is broken into faults and reads the rest', async () => {
    const noise = Buffer.from(Array.from({ length: 20_000 }, (_, i) => (i * 7919 + (i >> 3) * 31) & 255));
    const root = makeFolder({
      'a-good.eml': mail('good'),
      'b-empty.eml': '',
      'c-noise.eml': noise,
      'd-png.eml': Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'),
      'e-huge.eml': mail('huge'),
      'z-good.eml': mail('last'),
    });
    truncateSync(join(root, 'e-huge.eml'), 100 * 1024 * 1024);
    symlinkSync(join(root, 'nowhere'), join(root, 'f-broken-link.eml'));
    const items = await readAll(await openFilesMailbox(root));
    expect(items.map((item) => [item.label, item.fault?.reason ?? 'read'])).toEqual([
      ['a-good.eml', 'read'],
      ['b-empty.eml', 'It is empty.'],
      ['c-noise.eml', expect.stringContaining('not an e-mail')],
      ['d-png.eml', expect.stringContaining('not an e-mail')],
      ['e-huge.eml', 'It has 104857600 bytes; the limit is 1048576.'],
      ['f-broken-link.eml', expect.stringContaining('link')],
      ['z-good.eml', 'read'],
    ]);
    expect(items[4]?.providerKey).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(items.every((item) => (item.raw === undefined) === (item.fault !== undefined))).toBe(true);
  }, 20_000);

  test('reports files and folders that it may not read', async ({ skip }) => {
    if (process.getuid?.() === 0) return skip('root may read everything; run the tests as another user');
    const root = makeFolder({ 'a.eml': mail('a'), 'sub/b.eml': mail('b'), 'z.eml': mail('z') });
    chmodSync(join(root, 'a.eml'), 0);
    chmodSync(join(root, 'sub'), 0);
    const items = await readAll(await openFilesMailbox(root));
    chmodSync(join(root, 'sub'), 0o700);
    expect(items.map((item) => [item.label, item.fault?.type])).toEqual([
      ['a.eml', 'InvalidInput'],
      ['sub/', 'InvalidInput'],
      ['z.eml', undefined],
    ]);
  });

  test('follows links inside the folder only, and never in circles', async () => {
    const outside = makeFolder({ 'secret.eml': mail('secret') });
    const root = makeFolder({ 'a.eml': mail('a'), 'sub/b.eml': mail('b') });
    symlinkSync(root, join(root, 'sub', 'loop'));
    symlinkSync(outside, join(root, 'out'));
    symlinkSync(join(outside, 'secret.eml'), join(root, 'leak.eml'));
    symlinkSync(join(root, 'a.eml'), join(root, 'same.eml'));
    const items = await readAll(await openFilesMailbox(root));
    expect(items.map((item) => [item.label, item.fault === undefined])).toEqual([
      ['a.eml', true],
      ['leak.eml', false],
      ['same.eml', true],
      ['sub/b.eml', true],
    ]);
  });

  test('reads files added ahead of the cursor and reports those added behind it', async () => {
    const root = makeFolder({ 'b.eml': mail('b'), 'd.eml': mail('d') });
    const mailbox = await openFilesMailbox(root);
    const one = await mailbox.readPage(pageRequest({ maxItems: 1 }));
    writeFileSync(join(root, 'a.eml'), mail('a'));
    writeFileSync(join(root, 'e.eml'), mail('e'));
    const rest = await readAll(mailbox, { cursor: one.cursor }, false);
    expect(rest.map((item) => item.label)).toEqual(['d.eml', 'e.eml', expect.stringContaining('1 late')]);
    expect(rest.at(-1)?.fault?.reason).toContain('import the folder again');
    const resumed = await readAll(await openFilesMailbox(root), { cursor: one.cursor });
    expect(resumed).toEqual(rest);
  });

  test('names a file that vanished between listing and reading', async () => {
    const root = makeFolder({ 'a.eml': mail('a'), 'b.eml': mail('b') });
    const mailbox = await openFilesMailbox(root);
    const one = await mailbox.readPage(pageRequest({ maxItems: 1 }));
    rmSync(join(root, 'b.eml'));
    const two = await mailbox.readPage(pageRequest({ cursor: one.cursor }));
    expect(two.items[0]?.fault?.type).toBe('NotFound');
    expect(two.done).toBe(true);
  });

  test('ends a page at maxBytes and still moves when one message is larger', async () => {
    const root = makeFolder({ 'a.eml': mail('a'), 'b.eml': mail('b'), 'c.eml': mail('c') });
    const items = await readAll(await openFilesMailbox(root), { maxBytes: 1 });
    expect(items).toHaveLength(3);
  });

  test('stops when it is told to', async () => {
    const root = makeFolder({ 'a.eml': mail('a') });
    const mailbox = await openFilesMailbox(root);
    const signal = AbortSignal.abort(new Error('stop'));
    await expect(mailbox.readPage(pageRequest({ signal }))).rejects.toThrow('stop');
  });
});

describe('openFilesMailbox', () => {
  test('says what is accepted when the path cannot be imported', async () => {
    const root = makeFolder({ 'report.pdf': '%PDF-1.7', 'empty.mbox': '', 'only/notes.txt': 'x' });
    mkdirSync(join(root, 'empty'));
    for (const path of ['missing', 'report.pdf', 'empty.mbox', 'only', 'empty']) {
      await expect(openFilesMailbox(join(root, path))).rejects.toMatchObject({
        type: 'InvalidInput',
        fix: expect.stringContaining('mbox'),
      });
    }
  });

  test('reads a single .eml, and an empty one as a fault', async () => {
    const root = makeFolder({ 'a.eml': mail('a'), 'empty.eml': '' });
    expect(await readAll(await openFilesMailbox(join(root, 'a.eml')))).toMatchObject([{ label: 'a.eml' }]);
    const [empty] = await readAll(await openFilesMailbox(join(root, 'empty.eml')));
    expect(empty?.fault?.reason).toBe('It is empty.');
  });

  test('refuses the cursor of another origin', async () => {
    const root = makeFolder({ 'a.eml': mail('a') });
    const mailbox = await openFilesMailbox(root);
    for (const cursor of [
      '',
      '[]',
      'null',
      '{"kind":"mbox","offset":1}',
      '{"kind":"folder","after":"a","seen":-1}',
    ]) {
      await expect(mailbox.readPage(pageRequest({ cursor }))).rejects.toMatchObject({ type: 'InvalidInput' });
    }
  });
});

test('1,000 small files in pages of 250 are read and hashed in a fraction of a second of a core', async () => {
  const body = 'A line of an ordinary message.\r\n'.repeat(80);
  const root = makeFolder(
    Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`${i}.eml`, mail(`n${i}`) + body])),
  );
  const times: number[] = [];
  for (let round = 0; round < 3; round++) {
    const started = process.cpuUsage();
    const mailbox = await openFilesMailbox(root);
    let count = 0;
    for (let cursor: string | undefined, done = false; !done; ) {
      const page = await mailbox.readPage(pageRequest({ cursor, maxItems: 250 }));
      ({ cursor, done } = page);
      count += page.items.length;
    }
    expect(count).toBe(1000);
    const { user, system } = process.cpuUsage(started);
    times.push((user + system) / 1_000);
  }
  console.log(`1,000 .eml in pages of 250: ${times.map((ms) => ms.toFixed(0)).join(', ')} ms of a core`);
  // Whoever else waits for it; the aim is 150, and a core that is shared does less in its time.
  expect(Math.min(...times)).toBeLessThan(750);
});
