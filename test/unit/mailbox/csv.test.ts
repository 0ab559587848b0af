import { writeFileSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openFilesMailbox } from '../../../src/mail/files/open-files-mailbox.ts';
import { readCsvRecords } from '../../../src/mail/files/read-csv-records.ts';
import { makeFolder } from './make-folder.ts';
import { readAll } from './read-all.ts';

const UTF8 = { delimiter: ',', unit: 1, isBigEndian: false } as const;
const text = (raw: Uint8Array | undefined): string => Buffer.from(raw ?? []).toString();

async function readCsv(content: string | Buffer, changes = {}, name = 'tickets.csv') {
  const root = makeFolder({ [name]: content });
  return readAll(await openFilesMailbox(join(root, name)), changes);
}

describe('a table of tickets', () => {
  test('becomes one message a row, with sender, date and both texts', async () => {
    const [one, two] = await readCsv(
      'Ticket ID,Customer Name,Customer Email,Ticket Subject,Ticket Description,Created At\r\n' +
        '7,Ada L.,ada@example.com,"Broken, again","Line one\r\nsaid ""no"" to me",2024-05-03 10:20:00\r\n' +
        '8,,bob@example.com,Plain,5" pipe is short,2024-05-04\r\n',
      { maxItems: 1 },
    );
    expect(text(one?.raw)).toContain('Subject: Broken, again');
    expect(text(one?.raw)).toMatch(/From: "?Ada L\."? <ada@example\.com>/);
    expect(text(one?.raw)).toContain('Date: Fri, 03 May 2024 10:20:00 +0000');
    expect(text(one?.raw)).toContain('Line one\r\nsaid "no" to me');
    expect(one).toMatchObject({ label: 'tickets.csv, row 1', providerKey: expect.stringMatching(/^row:/) });
    expect(text(two?.raw)).toContain('5" pipe is short');
  });

  test.each([
    ['semicolons', 'Betreff;Nachricht\nGrüße;Hallo, Welt\n', 'utf8'],
    ['tabs', 'subject\tbody\nGrüße\tHallo, Welt\n', 'utf8'],
    ['a byte order mark', '\uFEFFsubject,body\nGrüße,"Hallo, Welt"\n', 'utf8'],
    ['UTF-16', '\uFEFFsubject\tbody\nGrüße\tHallo, Welt\n', 'utf16le'],
    ['windows-1252', 'subject,body\nGrüße,"Hallo, Welt"', 'latin1'],
    ['CR alone', 'subject,body\rGrüße,"Hallo, Welt"\r', 'utf8'],
  ] as const)('is read with %s', async (_what, content, encoding) => {
    const items = await readCsv(Buffer.from(content, encoding), { maxItems: 1 });
    expect(items).toHaveLength(1);
    expect(text(items[0]?.raw)).toContain('=?UTF-8?Q?Gr=C3=BC=C3=9Fe?=');
    expect(text(items[0]?.raw)).toContain('Hallo, Welt');
  });

  test('is read from UTF-16 with the high byte first, row by row', async () => {
    const bytes = Buffer.from('\uFEFFsubject,body\nOne,a\nTwo,b\n', 'utf16le').swap16();
    const items = await readCsv(bytes, { maxItems: 1 });
    expect(items.map(({ raw }) => /Subject: (\w+)/.exec(text(raw))?.[1])).toEqual(['One', 'Two']);
  });

  test('tells of each row that cannot be read why, and reads on behind it', async () => {
    const items = await readCsv('subject,body\nGood,1\n,\nToo,many,cells\nLast,4', { maxItems: 2 });
    expect(items.map(({ label, fault }) => [label, fault?.reason])).toEqual([
      ['tickets.csv, row 1', undefined],
      ['tickets.csv, row 3', expect.stringContaining('3 cells')],
      ['tickets.csv, row 4', undefined],
    ]);
  });

  test('loses one line only to a quote that is never closed', async () => {
    const items = await readCsv('subject,body\n"open,1\nGood,2\n');
    expect(items.map(({ fault }) => fault?.reason)).toEqual(['A quote is opened and not closed.', undefined]);
  });

  test('knows a ticket that is exported again by its number, and not that of another desk', async () => {
    const key = async (row: string) =>
      (await readCsv(`id,subject,body,status,email\n${row}\n`))[0]?.providerKey;
    const first = await key('1,Hi,text,open,ada@example.com');
    expect(await key('1,Hi,text and more,closed,ada@example.com')).toBe(first);
    expect(await key('1,Hi,text,open,bob@example.com')).not.toBe(first);
  });

  test.each([
    ['no known column', 'colour,size\nred,7\n', /no column holds a subject or a body; it has colour, size/],
    ['nothing but a line', 'x'.repeat(300_000), /does not end/],
  ])('is refused with %s', async (_what, content, message) => {
    const failure = readCsv(content);
    await expect(failure).rejects.toThrow(message);
    await expect(failure).rejects.toMatchObject({ type: 'InvalidInput' });
  });

  test('is cut into a hundred thousand rows, and read from the disk as they are taken', async () => {
    const root = makeFolder({});
    const path = join(root, 'large.csv');
    const row = (n: number) => `${n},u${n}@example.com,Subject ${n},"Body, of\n${n}"\n`;
    writeFileSync(path, Array.from({ length: 100_000 }, (_none, n) => row(n)).join(''));
    const file = await open(path);
    onTestFinished(() => file.close());
    let [count, next, read, ahead] = [0, 0, 0, 0];
    const counted = {
      read: async (buffer: Buffer, offset: number, length: number, position: number) => {
        const result = await file.read(buffer, offset, length, position);
        read += result.bytesRead;
        return result;
      },
    } as unknown as FileHandle;
    for await (const record of readCsvRecords(counted, 0, UTF8, 1_000_000)) {
      count += 1;
      next = record.next;
      ahead = Math.max(ahead, read - next);
    }
    expect({ count, next }).toEqual({ count: 100_000, next: (await file.stat()).size });
    expect(read).toBe(next);
    expect(ahead).toBeLessThan(1024 * 1024);
  });
});
