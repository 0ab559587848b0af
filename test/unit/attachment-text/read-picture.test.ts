import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { DEFAULT_ATTACHMENT_LIMITS as LIMITS } from '../../../src/mail/attachment-text/attachment-limits.ts';
import { createAttachmentReader } from '../../../src/mail/attachment-text/create-attachment-reader.ts';
import { findFormat } from '../../../src/mail/attachment-text/find-format.ts';
import { readPictureSize } from '../../../src/mail/attachment-text/picture-size.ts';
import { readPicture } from '../../../src/mail/attachment-text/read-picture.ts';
import { Unreadable } from '../../../src/mail/attachment-text/unreadable.ts';
import { withAttachmentTexts } from '../../../src/mail/attachment-text/with-attachment-texts.ts';
import { DEFAULT_READ_LIMITS } from '../../../src/mail/parse/read-limits.ts';
import { readMail } from '../../../src/mail/reader/read-mail.ts';
import { assess, namesOf, withFile } from '../analysis/threat/assess.ts';
import { makePng } from './make-pictures.ts';

const LINK = 'https://account-check.example.top/a';
const PNG = readFileSync(new URL('../../fixtures/pictures/qr-code.png', import.meta.url));
const JPEG = readFileSync(new URL('../../fixtures/pictures/qr-code.jpg', import.meta.url));
const patient = { ...LIMITS, maxPictureMs: 10_000, maxPicturesMs: 30_000, maxPictureWaitMs: 30_000 };
const reader = createAttachmentReader({ ...patient, maxPictures: 1 });

describe('a picture', { timeout: 20_000 }, () => {
  afterAll(() => reader.close());

  it.each([
    ['PNG', PNG],
    ['JPEG', JPEG],
  ])('is searched for QR codes as a %s', async (_, bytes) => {
    expect(await readPicture(bytes)).toEqual({ text: LINK, reason: undefined });
  });

  it('without a code says nothing, however broken it is', async () => {
    expect((await readPicture(makePng(60, 60, Buffer.alloc(61 * 60)))).text).toBe('');
    expect((await readPicture(JPEG.subarray(0, 900))).text).toBe('');
    const flips = fc.array(fc.tuple(fc.nat(PNG.length - 1), fc.nat(255)), { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(flips, async (changes) => {
        const bytes = Buffer.from(PNG);
        for (const [at, value] of changes) bytes[at] = value;
        const size = readPictureSize(bytes);
        if (size === undefined || size.width * size.height > LIMITS.maxPixels) return;
        const text = await readPicture(bytes).then(
          (read) => read.text,
          // A changed width makes its data too many, as those of a bomb are.
          (error: unknown) => {
            expect(error).toBeInstanceOf(Unreadable);
            return '';
          },
        );
        expect(['', LINK]).toContain(text);
      }),
      // Fewer columns and lines than it has data for.
      { numRuns: 60, examples: [[[[19, 60]]], [[[23, 60]]]] },
    );
  });

  it('that unpacks to more than it declares is not decoded', async () => {
    const bomb = makePng(60, 60, Buffer.alloc(20_000_000));
    await expect(readPicture(bomb)).rejects.toThrow('unpacks to more than it declares, as a bomb');
  });

  it('over a limit is named with the reason, and one too small for a code is left alone', async () => {
    const file = (filename: string, bytes: Uint8Array) => ({ filename, contentType: 'image/png', bytes });
    const wide = file('wide.png', makePng(60_000, 60_000, Buffer.alloc(1)));
    expect((await reader.read([wide, file('more.png', PNG)])).map(({ reason }) => reason)).toEqual([
      'over 16000000 pixels',
      'only the first 1 pictures are opened',
    ]);
    const read = (bytes: Buffer) =>
      readMail(Buffer.from(withFile('a.png', bytes, 'image/png').join('\r\n')), DEFAULT_READ_LIMITS);
    expect(
      [makePng(20, 90, Buffer.alloc(1)), Buffer.from('no picture')].map((one) => read(one).files),
    ).toEqual([[], []]);
  });

  it.each([
    ['qr.txt', 'image/png', PNG],
    ['qr.pdf', 'application/pdf', PNG],
    ['qr.html', 'application/octet-stream', JPEG],
    ['', 'text/plain', JPEG],
  ])('is searched whatever it is called: %s of type %s', async (filename, type, bytes) => {
    const raw = Buffer.from(withFile(filename, bytes, type).join('\r\n'));
    const { view, files } = readMail(raw, DEFAULT_READ_LIMITS);
    const seen = await withAttachmentTexts(view, files, reader);
    expect(seen.attachments[0]?.content?.codes).toEqual([LINK]);
  });

  it.each([
    ['photo.heic', 'image/heic'],
    ['qr.txt', 'image/webp'],
    ['broken.png', 'application/octet-stream'],
  ])('of a kind that is not searched is named: %s of type %s', async (filename, type) => {
    const raw = Buffer.from(withFile(filename, Buffer.alloc(400, 'RIFF'), type).join('\r\n'));
    const { view, files } = readMail(raw, DEFAULT_READ_LIMITS);
    const seen = await withAttachmentTexts(view, files, reader);
    const reason = 'a picture of a kind that is not searched';
    expect(seen.attachments[0]?.content).toMatchObject({ text: '', codes: [], reason });
  });

  it('does not hide a document that is called one', async () => {
    const pdf = withFile('a.pdf', Buffer.from('%PDF-1.7'), 'image/png');
    const { files } = readMail(Buffer.from(pdf.join('\r\n')), DEFAULT_READ_LIMITS);
    expect(files.map(findFormat)).toEqual(['pdf']);
  });

  it('tells its size by the frame that a decoder would read', () => {
    expect([PNG, JPEG].map(readPictureSize)).toEqual([
      { width: 148, height: 148 },
      { width: 168, height: 168 },
    ]);
    expect(readPictureSize(Buffer.from('GIF89a\x05\x00\x04\x00'.padEnd(30, '\0'), 'latin1'))).toEqual({
      width: 5,
      height: 4,
    });
  });

  it('gives its code to the attachment and its link to what is judged', async () => {
    const lines = withFile('code.jpg', JPEG, 'image/jpeg');
    const { view, files } = readMail(Buffer.from(lines.join('\r\n')), DEFAULT_READ_LIMITS);
    const seen = await withAttachmentTexts(view, files, reader);
    expect(seen.attachments[0]?.content).toMatchObject({ text: `QR code: ${LINK}`, codes: [LINK] });
    const plain = await assess(lines);
    expect(namesOf(plain)).not.toContain('QR_LINK');
    expect(namesOf(await assess(lines, seen))).toEqual(
      expect.arrayContaining(['QR_LINK', 'QR_FOREIGN_LINK', 'QR_ONLY', 'LINK_RISKY_ENDING']),
    );
  });
});
