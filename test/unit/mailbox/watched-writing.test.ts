import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { watchTree } from '../../../src/mail/files/watched/watch-tree.ts';
import { makeFolder } from './make-folder.ts';
import { mail, openTree, pass } from './watched-tree.ts';

const PAUSE = 5_000;
const multipart =
  'Subject: m\r\nContent-Type: multipart/mixed;\r\n boundary="b1"\r\n\r\n--b1\r\n\r\nHello\r\n';

async function read(name: string, content: string, age: number): Promise<number> {
  const root = makeFolder({});
  writeFileSync(join(root, name), content);
  const mailbox = await openTree(root, 'folder', () => Date.now() + age);
  return (await pass(mailbox, new Set())).items.length;
}

describe('a file whose writer pauses', () => {
  test.each([
    ['a.csv', 'subject,body\na,b\nc,half of i'],
    ['a.eml', mail('a').slice(0, -2)],
    ['b.eml', multipart],
    ['a.json', '[{"subject":"a","text":"b"},'],
    ['a.ndjson', '{"subject":"a","text":"b"}\n{"subject'],
    ['a.mbox', `From x\n${mail('a')}From y\nSubj`],
  ])(
    'is left alone while it does not end as %s ends, and read after a longer wait',
    async (name, content) => {
      expect(await read(name, content, PAUSE)).toBe(0);
      expect(await read(name, content, 2 * PAUSE + 100)).toBeGreaterThan(0);
    },
  );

  test.each([
    ['a.csv', 'subject,body\na,b\n'],
    ['a.eml', mail('a')],
    ['b.eml', `${multipart}--b1--\r\n`],
    ['a.json', '[{"subject":"a","text":"b"}]\n'],
  ])('is read soon when %s is whole', async (name, content) => {
    expect(await read(name, content, PAUSE)).toBe(1);
  });
});

test('a file that comes is told of twice: when it may be whole, and when the longer wait is over', async () => {
  const root = makeFolder({});
  const stop = new AbortController();
  const times: number[] = [];
  const path = join(root, 'a.eml');
  const write = setInterval(() => {
    if (times.length === 0) writeFileSync(path, `${mail('a')}${Date.now()}`);
  }, 30);
  await watchTree(
    root,
    { signal: stop.signal, onArrival: () => times.push(Date.now()) > 1 && stop.abort() },
    { settleMs: 10, unfinishedMs: 150 },
  );
  clearInterval(write);
  expect(times.length).toBeGreaterThan(1);
});
