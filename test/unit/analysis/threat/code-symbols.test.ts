import { describe, expect, it } from 'vitest';
import { linksOfCodes } from '../../../../src/analysis/threat/symbols/code-symbols.ts';
import { readLinkTarget } from '../../../../src/analysis/threat/symbols/link-target.ts';
import type { Attachment, MessageView } from '../../../../src/domain/message.ts';
import { DEFAULT_READ_LIMITS } from '../../../../src/mail/parse/read-limits.ts';
import { readMail } from '../../../../src/mail/reader/read-mail.ts';
import { assess, withPart } from './assess.ts';

const ATTACHMENT: Attachment = {
  ...{ filename: 'a.png', contentType: 'image/png', size: 1, disposition: 'attachment' },
  ...{ contentId: undefined, sha256: '' },
};
const withCodes = (codes: readonly string[], reason?: string): Attachment => ({
  ...ATTACHMENT,
  content: { text: '', truncated: false, reason, codes },
});
const hostsOf = (code: string) =>
  linksOfCodes({ attachments: [withCodes([code])] }).flatMap(({ href }) => readLinkTarget(href)?.host ?? []);

describe('a QR code', () => {
  it.each([
    ['https://evil.top/a', 'evil.top'],
    ['https:evil.top', 'evil.top'],
    ['evil.top', 'evil.top'],
    ['www.evil.top:8080/x', 'www.evil.top'],
    ['evil.top:443/login', 'evil.top'],
    ['evil.top:443', 'evil.top'],
    ['user@evil.top/a', 'evil.top'],
    ['127.0.0.1/x', '127.0.0.1'],
    ['evil.top\\a', 'evil.top'],
    ['\u0430\u0440\u0440\u04cf\u0435.com/login', 'xn--80ak6aa92e.com'],
  ])('that says %s leads to %s', (code, host) => {
    expect(hostsOf(code)).toEqual([host]);
  });

  it.each([
    'ann@lindverlag.de',
    '4711',
    '1.2.3.4',
    'A-12:55/7',
    'Order 12 for lindverlag.de',
    'WIFI:S:guest;T:WPA;P:x;;',
    'mailto:ann@lindverlag.de?subject=x',
    'BEGIN:VCARD N:Lind URL:https://lindverlag.de',
    'tel:+4930123',
    'urn:isbn:123',
    '',
  ])('that says "%s" leads to no page', (code) => {
    expect(hostsOf(code)).toEqual([]);
  });
});

describe('a picture that was not searched', () => {
  async function scoreOf(text: string, filename = 'IMG_2041.jpg') {
    const lines = withPart(['Content-Type: text/plain', '', ''], text);
    const { view } = readMail(Buffer.from(lines.join('\r\n')), DEFAULT_READ_LIMITS);
    const attachments = [{ ...withCodes([], 'over 16000000 pixels'), filename }];
    const seen: MessageView = { ...view, attachments };
    const { symbols } = await assess(lines, seen);
    return symbols.find(({ name }) => name === 'PICTURE_NOT_SEARCHED')?.score;
  }

  it('counts for nothing where a mail is about something else', async () => {
    expect(await scoreOf('Here are the photos of the damaged lamp, as you asked.')).toBe(0);
    expect(await scoreOf('Please find the scan of the invoice attached.', 'Scan_2041.jpg')).toBe(0);
  });

  it.each([
    ['Please scan the QR code to keep your mailbox.', 'a.jpg'],
    ['Bitte scannen Sie den Code mit dem Telefon.', 'a.jpg'],
    ['Keep your mailbox with what is attached, today.', 'qr.jpg'],
    ['', 'a.jpg'],
  ])('counts where the mail points at it: "%s", %s', async (text, filename) => {
    expect(await scoreOf(text, filename)).toBe(1);
  });
});
