import type { MessageView } from '../../../../src/domain/message.ts';
import { DEFAULT_READ_LIMITS, type ReadLimits } from '../../../../src/mail/parse/read-limits.ts';
import { readMessage } from '../../../../src/mail/parse/read-message.ts';

const ENVELOPE = ['From: Ann <ann@example.com>', 'Date: Mon, 4 Mar 2024 10:00:00 +0100'];

/** Reads a source with the default limits, save for those given. */
export function read(source: string | Uint8Array, limits: Partial<ReadLimits> = {}): Promise<MessageView> {
  const raw = typeof source === 'string' ? Buffer.from(source, 'utf8') : source;
  return readMessage(raw, { ...DEFAULT_READ_LIMITS, ...limits });
}

/** Reads a message with these header lines after From and Date, and this body. */
export function readMail(header: readonly string[], body: string | Uint8Array): Promise<MessageView> {
  const head = Buffer.from(`${[...ENVELOPE, ...header].join('\r\n')}\r\n\r\n`, 'utf8');
  return read(Buffer.concat([head, typeof body === 'string' ? Buffer.from(body, 'utf8') : body]));
}

export function readText(text: string): Promise<MessageView> {
  return readMail(['Content-Type: text/plain; charset=utf-8'], text);
}

export function readHtml(html: string): Promise<MessageView> {
  return readMail(['Content-Type: text/html; charset=utf-8'], html);
}
