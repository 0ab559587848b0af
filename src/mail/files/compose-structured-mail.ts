import { createHash } from 'node:crypto';
import MailComposer from 'nodemailer/lib/mail-composer';
import { decodeBase64 } from './decode-base64.ts';
import type { StructuredMail } from './parse-structured-mail.ts';

const ZONED = /(?:z|gmt|utc?|[+-]\d{2}:?\d{2})(?: ?\([^)]{0,40}\))?\s{0,9}$/i;
const ISO_DATE_ONLY = /^\d{4}-\d{2}-\d{2}$/;

/**
 * Structured mail to RFC 5322 bytes, the same bytes for the same input on every machine: boundaries come from
 * the content, a date without a zone is UTC, and Date and Message-ID are left out when they are absent.
 */
export async function composeStructuredMail(mail: StructuredMail): Promise<Buffer> {
  const boundary = createHash('sha256').update(JSON.stringify(mail)).digest('hex').slice(0, 32);
  const date = toDate(mail.date);
  const composed = await new MailComposer({
    from: mail.from.join(', '),
    to: mail.to,
    cc: mail.cc,
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    date: date ?? new Date(0),
    messageId: mail.messageId ?? '<absent@invalid>',
    inReplyTo: mail.inReplyTo,
    references: mail.references,
    attachments: mail.attachments.map((attachment) => ({
      filename: attachment.filename ?? false,
      contentType: attachment.contentType ?? 'application/octet-stream',
      content: decodeBase64(attachment.contentBase64, 'attachments.contentBase64'),
    })),
    baseBoundary: boundary,
    boundaryPrefix: '--mailroom',
    newline: 'windows',
    // The input is untrusted: it must not make this process read a file or open a URL.
    disableFileAccess: true,
    disableUrlAccess: true,
  })
    .compile()
    .build();
  const drop = [
    ...(date === undefined ? ['Date'] : []),
    ...(mail.messageId === undefined ? ['Message-ID'] : []),
  ];
  return withoutHeaders(composed, drop);
}

function toDate(text: string | undefined): Date | string | undefined {
  if (text === undefined) return undefined;
  const local = !ZONED.test(text) && !ISO_DATE_ONLY.test(text);
  const date = new Date(local ? `${text.trim()}${/T\d/.test(text) ? 'Z' : ' UTC'}` : text);
  return Number.isNaN(date.getTime()) ? text : date;
}

function withoutHeaders(message: Buffer, names: readonly string[]): Buffer {
  const end = message.indexOf('\r\n\r\n');
  const lines = message.toString('latin1', 0, end).split('\r\n');
  const kept = lines.filter((line) => !names.some((name) => line.startsWith(`${name}: `)));
  return Buffer.concat([Buffer.from(kept.join('\r\n'), 'latin1'), message.subarray(end)]);
}
