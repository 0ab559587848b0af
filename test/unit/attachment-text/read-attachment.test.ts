import { describe, expect, it } from 'vitest';
import { DEFAULT_ATTACHMENT_LIMITS as LIMITS } from '../../../src/mail/attachment-text/attachment-limits.ts';
import { readAttachment } from '../../../src/mail/attachment-text/read-attachment.ts';
import { makeDocx, makePdf, makeXlsx, makeZip } from './make-files.ts';

const read = (filename: string, bytes: Uint8Array, limits: Partial<typeof LIMITS> = {}) =>
  readAttachment({ filename, contentType: 'application/octet-stream', bytes }, { ...LIMITS, ...limits });
const refusal = async (filename: string, bytes: Uint8Array, limits: Partial<typeof LIMITS> = {}) => {
  const error: unknown = await read(filename, bytes, limits).catch((fault: unknown) => fault);
  return error instanceof Error ? `${error.name}: ${error.message}` : `read: ${JSON.stringify(error)}`;
};

describe('the text of an attachment', () => {
  it('is read from PDF, DOCX and XLSX', async () => {
    expect(await read('a.pdf', makePdf(['Invoice 4711', 'Page two']))).toEqual({
      text: 'Invoice 4711\n\nPage two',
      reason: undefined,
    });
    expect((await read('a.docx', makeDocx(['Dear Ana,', 'two lamps']))).text).toBe(
      'Dear Ana,\n\ntwo lamps\n\n',
    );
    const rows = [
      ['Lamp', 12.5],
      ['Cable', 3],
    ];
    expect((await read('a.xlsx', makeXlsx(rows))).text).toBe('Prices\nLamp\t12.5\nCable\t3');
  });

  it('is read from plain text in its charset, and from HTML without what it hides', async () => {
    expect((await read('a.csv', Buffer.from('Größe;3', 'latin1'))).text).toBe('Größe;3');
    const html = '<p>Seen</p><p style="display:none">Hidden</p><script>bad()</script>';
    expect((await read('a.html', Buffer.from(html))).text).toBe('Seen');
  });

  it('keeps to pages, sheets and characters, and says so', async () => {
    expect(await read('a.pdf', makePdf(['one', 'two', 'three']), { maxPages: 2 })).toEqual({
      text: 'one\n\ntwo',
      reason: 'only the first 2 pages',
    });
    const rows = Array.from({ length: 30 }, (_, i) => [`row ${i}`]);
    const { text, reason } = await read('a.xlsx', makeXlsx(rows), { maxRows: 3 });
    expect([text, reason]).toEqual(['Prices\nrow 0\nrow 1\nrow 2', 'only the first 3 rows of "Prices"']);
    expect((await read('a.txt', Buffer.from('x'.repeat(99)), { maxChars: 10 })).text).toHaveLength(11);
  });

  it('is refused with a reason when the file is broken, encrypted or not what it says', async () => {
    expect(await refusal('a.pdf', Buffer.from('no pdf'))).toBe('Unreadable: broken: not a whole PDF');
    expect(await refusal('a.pdf', makePdf(['secret'], { encrypted: true }))).toBe('Unreadable: encrypted');
    expect(await refusal('a.docx', Buffer.from('no zip'))).toBe('Unreadable: broken: not a whole file');
    expect(await refusal('a.xlsx', makeXlsx([['x']]).subarray(0, 400))).toMatch(/^Unreadable: broken/);
    expect(await refusal('a.docx', makeZip([{ name: 'a', content: 'x' }]))).toMatch(/^Unreadable: broken/);
    expect(await refusal('a.txt', Buffer.from([1, 0, 2]))).toMatch(/^Unreadable: no text/);
    expect(await refusal('a.exe', Buffer.from('MZ'))).toBe('Unreadable: of a kind that is not read');
    const locked = makeZip([{ name: 'word/document.xml', content: 'x', encrypted: true }]);
    expect(await refusal('a.docx', locked)).toBe('Unreadable: encrypted');
  });

  it('is refused before it is unpacked when it unpacks to too much, whatever it declares', async () => {
    const zeros = Buffer.alloc(2_000_000);
    const open = makeZip([{ name: 'word/document.xml', content: zeros }]);
    expect(await refusal('a.docx', open, { maxUnpackedBytes: 1_000_000 })).toBe(
      'Unreadable: unpacks to over 1000000 bytes',
    );
    const liar = makeZip([{ name: 'word/document.xml', content: zeros, declared: 1000 }]);
    expect(await refusal('a.docx', liar)).toBe('Unreadable: unpacks to more than it declares, as a zip bomb');
    const many = Array.from({ length: 30 }, (_, i) => ({ name: `${i}`, content: 'x' }));
    expect(await refusal('a.docx', makeZip(many), { maxZipEntries: 20 })).toMatch(/over 20 entries/);
  });

  it('never fails in another way, whatever the bytes', async () => {
    const sound = [makePdf(['abc def']), makeDocx(['abc']), makeXlsx([['abc', 1]])];
    for (const [index, name] of ['a.pdf', 'a.docx', 'a.xlsx'].entries()) {
      for (let at = 7; at < 800; at += 97) {
        const bytes = Buffer.from(sound[index] ?? '');
        bytes[at % bytes.length] = (bytes[at % bytes.length] ?? 0) ^ 0x55;
        expect(await refusal(name, bytes)).toMatch(/^(?:Unreadable|read): /);
      }
    }
  });
});
