import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeFolder } from './make-folder.ts';
import { list, mail, openTree, pass } from './watched-tree.ts';

const { signal } = new AbortController();
const inside = (root: string, ...names: string[]) => Buffer.from(`${root}/${names.join('/')}`, 'latin1');

test('what is no mail by its name, a link or no file is listed, never read, and told of', async () => {
  const root = makeFolder({
    'a.eml': mail('a'),
    inbox: `From x\n${mail('in it')}`,
    'deep/offer.msg': 'x',
    'half.eml.part': 'x',
    '.DS_Store': 'x',
  });
  symlinkSync(join(root, 'a.eml'), join(root, 'link.eml'));
  execFileSync('mkfifo', [join(root, 'pipe.eml')]);
  const mailbox = await openTree(root);
  const { items, cursor } = await pass(mailbox, new Set());
  expect(items.map(({ label }) => label)).toEqual(['a.eml']);
  const listed = await list(mailbox, cursor);
  expect(listed.map(({ label, skipped }) => [label, skipped])).toEqual([
    ['a.eml', undefined],
    ['deep/offer.msg', 'no mail by its name'],
    ['inbox', 'no mail by its name'],
    ['link.eml', 'a link'],
    ['pipe.eml', 'not a file'],
  ]);
  expect((await mailbox.probe(signal))[0]).toMatch(
    /: 1 messages, 2 files left alone: no mail by their names, 2 files left alone: links/,
  );
});

describe('names in a watched folder that are not UTF-8', () => {
  test('are read, of files and of folders, once, under a name that can be printed', async () => {
    const root = makeFolder({});
    mkdirSync(inside(root, 'f\xfcr'));
    writeFileSync(inside(root, 'f\xfcr', 'a.eml'), mail('a'));
    writeFileSync(inside(root, 'caf\xe9.eml'), mail('b'));
    writeFileSync(inside(root, 'caf\xe8.eml'), mail('c'));
    const mailbox = await openTree(root);
    const known = new Set<string>();
    const { items, cursor } = await pass(mailbox, known);
    expect(items.map(({ label }) => label).sort()).toEqual(['caf\\xe8.eml', 'caf\\xe9.eml', 'f\\xfcr/a.eml']);
    expect(items.every(({ fault }) => fault === undefined)).toBe(true);
    expect(new Set(items.map(({ providerKey }) => providerKey)).size).toBe(3);
    expect((await list(mailbox, cursor)).map(({ providerKey }) => providerKey).sort()).toEqual(
      [...known].sort(),
    );
    expect((await pass(mailbox, known, cursor)).items).toEqual([]);
  });

  test('stay what they are when the file is moved', async () => {
    const root = makeFolder({});
    writeFileSync(inside(root, 'caf\xe9.eml'), mail('b'));
    const mailbox = await openTree(root);
    const { items } = await pass(mailbox, new Set());
    const mark = { seen: false, label: undefined, folder: 'Done' };
    expect(await mailbox.mark(items[0]?.providerKey ?? '', mark, signal)).toBe(true);
    expect(readdirSync(join(root, 'Done'), { encoding: 'buffer' })).toEqual([
      Buffer.from('caf\xe9.eml', 'latin1'),
    ]);
  });

  test('of files with many messages are left alone and say why', async () => {
    const root = makeFolder({});
    writeFileSync(inside(root, 'caf\xe9.csv'), 'subject,body\na,b\n');
    const mailbox = await openTree(root);
    const { items, cursor } = await pass(mailbox, new Set());
    expect(items).toEqual([]);
    expect(await list(mailbox, cursor)).toMatchObject([
      { label: 'caf\\xe9.csv', skipped: expect.stringContaining('not UTF-8') },
    ]);
  });
});

test('a copy of a message in the trash of a Maildir hides none that is to be read', async () => {
  const name = '1700000000.M1P2.host';
  const root = makeFolder({
    [`.Trash/cur/${name}:2,S`]: mail('x'),
    [`cur/${name}:2,S`]: mail('x'),
    'new/1.a': mail('y'),
  });
  const mailbox = await openTree(root, 'maildir');
  const { items, cursor } = await pass(mailbox, new Set());
  expect(items.map(({ providerKey }) => providerKey).sort()).toEqual(['maildir:1.a', `maildir:${name}`]);
  expect((await list(mailbox, cursor)).filter(({ skipped }) => skipped !== undefined)).toEqual([]);
});
