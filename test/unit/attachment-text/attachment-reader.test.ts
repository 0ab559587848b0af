import { afterAll, describe, expect, it } from 'vitest';
import { DEFAULT_ATTACHMENT_LIMITS as LIMITS } from '../../../src/mail/attachment-text/attachment-limits.ts';
import { createAttachmentReader } from '../../../src/mail/attachment-text/create-attachment-reader.ts';
import { readableFiles } from '../../../src/mail/attachment-text/readable-files.ts';
import { withAttachmentTexts } from '../../../src/mail/attachment-text/with-attachment-texts.ts';
import { DEFAULT_READ_LIMITS } from '../../../src/mail/parse/read-limits.ts';
import { readMessage } from '../../../src/mail/parse/read-message.ts';
import { makePdf } from './make-files.ts';

const limits = {
  ...LIMITS,
  maxFiles: 3,
  maxFileBytes: 5000,
  maxChars: 20,
  maxTotalChars: 45,
  maxMs: 8_000,
  maxTotalMs: 30_000,
};
const reader = createAttachmentReader(limits);
const hurried = createAttachmentReader({ ...limits, maxMs: 1 });
const file = (filename: string, bytes: Uint8Array) => ({
  filename,
  contentType: 'application/octet-stream',
  bytes,
});
const text = (length: number) => Buffer.from('x'.repeat(length));

describe('reading attachments off the main thread', { timeout: 20_000 }, () => {
  afterAll(() => Promise.all([reader.close(), hurried.close()]));

  it('gives one answer for each file, in order, in the bounds of file and message', async () => {
    const files = [
      file('a.txt', text(30)),
      file('b.bin', text(1)),
      file('c.txt', text(20)),
      file('d.txt', text(9)),
    ];
    expect(await reader.read(files)).toEqual([
      { text: 'x'.repeat(20), truncated: true, reason: 'only the first 20 characters' },
      { text: '', truncated: false, reason: 'of a kind that is not read' },
      { text: 'x'.repeat(20), truncated: false, reason: undefined },
      { text: '', truncated: false, reason: 'only the first 3 attachments are opened' },
    ]);
  });

  it('opens no file that is too large or empty, and tells why one was refused', async () => {
    const files = [file('a.txt', text(6000)), file('b.txt', text(0)), file('c.pdf', text(9))];
    expect((await reader.read(files)).map(({ reason }) => reason)).toEqual([
      'over 5000 bytes',
      'empty',
      'broken: not a whole PDF',
    ]);
  });

  it('ends a worker that takes too long', async () => {
    expect(await hurried.read([file('a.pdf', makePdf(['x']))])).toEqual([
      { text: '', truncated: false, reason: 'took longer than 0.001 s' },
    ]);
  });

  it('leaves out, with the reason, the files after the time of the message', async () => {
    const late = createAttachmentReader({ ...limits, maxTotalMs: 20 });
    const [first, second] = await late
      .read([file('a.pdf', makePdf(['x'])), file('b.txt', text(3))])
      .finally(() => late.close());
    expect(first?.reason).toMatch(/^took longer than 0\.0[12]\d* s$/);
    expect(second).toEqual({
      text: '',
      truncated: false,
      reason: 'not read: over 0.02 s for the attachments before it',
    });
  });

  it('puts the text to the attachment of a message', async () => {
    const source = [
      'From: a@example.com\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n',
      '--b\r\nContent-Type: text/plain\r\n\r\nSee file\r\n',
      '--b\r\nContent-Type: application/pdf; name=x.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n',
      `${makePdf(['Invoice 4711']).toString('base64')}\r\n--b--\r\n`,
    ].join('');
    const read = await readMessage(Buffer.from(source), DEFAULT_READ_LIMITS);
    const view = await withAttachmentTexts(read, readableFiles(read), reader);
    expect(view.attachments[0]?.content).toEqual({
      text: 'Invoice 4711',
      truncated: false,
      reason: undefined,
    });
  });
});
