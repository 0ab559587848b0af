import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openFilesMailbox } from '../../../src/mail/files/open-files-mailbox.ts';
import { makeFolder } from './make-folder.ts';
import { pageRequest, readAll } from './read-all.ts';

const FROM = 'From ada@example.com Sat Jan  3 01:05:34 1996\n';
const mail = (subject: string, body: string): string =>
  `From: ada@example.com\nSubject: ${subject}\n\n${body}`;

async function readMbox(content: string, changes = {}) {
  const root = makeFolder({ 'in.mbox': content });
  return readAll(await openFilesMailbox(join(root, 'in.mbox')), changes);
}

const text = (raw: Uint8Array | undefined): string => Buffer.from(raw ?? []).toString();

describe('an mbox', () => {
  test('is cut at From lines; the quoting and the separating empty line are taken off', async () => {
    const items = await readMbox(
      `${FROM}${mail('one', '>From here on\n>>From there\n> From quoted text\nend\n')}\n${FROM}${mail('two', 'x\n')}\n`,
      { maxItems: 1 },
    );
    expect(items.map((item) => text(item.raw))).toEqual([
      mail('one', 'From here on\n>From there\n> From quoted text\nend\n'),
      mail('two', 'x\n'),
    ]);
    expect(items[0]?.receivedAt?.toISOString()).toBe('1996-01-03T01:05:34.000Z');
    expect(items.map((item) => item.label)).toEqual([
      'in.mbox, byte 0',
      expect.stringMatching(/^in\.mbox, byte \d+$/),
    ]);
  });

  test('does not cut at an unquoted From in a body', async () => {
    const body = 'Dear all,\n\nFrom tomorrow on we meet at ten.\nFrom what I heard: good.\n\nBye\n';
    const items = await readMbox(`${FROM}${mail('one', body)}\n${FROM}${mail('two', 'x\n')}`);
    expect(items.map((item) => text(item.raw))).toEqual([mail('one', body), mail('two', 'x\n')]);
  });

  test('reads the From lines of Thunderbird and Gmail, and CRLF line ends', async () => {
    const content = [
      `From - Tue Apr 27 19:42:22 2010\n${mail('a', 'x\n')}\n`,
      `From 172@xxx Sat Jan 01 00:00:00 +0000 2022\n${mail('b', 'y\n')}\n`,
      `From nobody\n${mail('c', 'z\n')}\n`,
    ].join('');
    expect(await readMbox(content)).toHaveLength(3);
    const crlf = await readMbox(content.replaceAll('\n', '\r\n'));
    expect(crlf.map((item) => text(item.raw))).toEqual(
      [mail('a', 'x\n'), mail('b', 'y\n'), mail('c', 'z\n')].map((raw) => raw.replaceAll('\n', '\r\n')),
    );
  });

  test('counts and hashes a message over the limit without holding it, and reads on', async () => {
    const items = await readMbox(
      `${FROM}${mail('big', 'x'.repeat(3_000_000))}\n\n${FROM}${mail('small', 'y\n')}`,
    );
    expect(items).toMatchObject([
      {
        raw: undefined,
        fault: { type: 'InvalidInput', reason: expect.stringContaining('the limit is 1048576') },
      },
      { fault: undefined },
    ]);
    expect(items[0]?.providerKey).toMatch(/^sha256:[0-9a-f]{64}$/);
  });

  test('reports stray text at the start and empty messages', async () => {
    const items = await readMbox(`stray\n\n${FROM}${mail('a', 'x\n')}\n${FROM}\n${FROM}${mail('b', 'y\n')}`);
    expect(items.map((item) => item.fault?.reason)).toEqual([
      expect.stringContaining('before the first'),
      undefined,
      'It is empty.',
      undefined,
    ]);
  });

  test('reads on where it ended when mail is appended, and refuses a rewritten file', async () => {
    const root = makeFolder({ 'in.mbox': `${FROM}${mail('a', 'x\n')}\n` });
    const path = join(root, 'in.mbox');
    const mailbox = await openFilesMailbox(path);
    const one = await mailbox.readPage(pageRequest());
    appendFileSync(path, `${FROM}${mail('b', 'y\n')}\n`);
    const two = await mailbox.readPage(pageRequest({ cursor: one.cursor }));
    expect(two.items.map((item) => text(item.raw))).toEqual([mail('b', 'y\n')]);
    writeFileSync(
      path,
      `${FROM}${mail('rewritten', 'longer than before, so that the position falls inside\n')}\n`,
    );
    await expect(mailbox.readPage(pageRequest({ cursor: one.cursor }))).rejects.toMatchObject({
      type: 'InvalidInput',
    });
  });

  test('gives every message back whole, whatever its body and the page size', async () => {
    const line = fc.oneof(
      fc.constantFrom(
        '',
        'From x',
        '>From y',
        '>>From z',
        'From a b Sat Jan  3 01:05:34 1996',
        'From: me',
        '> q',
      ),
      fc.string({ maxLength: 40 }).map((words) => words.replace(/[\r\n]/g, ' ')),
    );
    const bodies = fc.array(fc.array(line, { maxLength: 8 }), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(bodies, fc.integer({ min: 1, max: 3 }), async (lists, maxItems) => {
        const originals = lists.map((lines, i) => mail(`n${i}`, [...lines, 'end', ''].join('\n')));
        const quoted = originals.map((raw) => `${FROM}${raw.replace(/^(>*From )/gm, '>$1')}\n`);
        const items = await readMbox(quoted.join(''), { maxItems });
        expect(items.map((item) => text(item.raw))).toEqual(originals);
      }),
      { numRuns: 60 },
    );
  });
});
