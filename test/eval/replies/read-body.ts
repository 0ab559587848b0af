import { DEFAULT_READ_LIMITS } from '../../../src/mail/parse/read-limits.ts';
import { readMessage } from '../../../src/mail/parse/read-message.ts';
import { type Reply, readReply } from '../../../src/mail/parse/reply/read-reply.ts';

/** The text and its parts as the product reads them out of a plain text, an HTML body or a whole message. */
export async function readBody(format: string, input: string): Promise<{ text: string; reply: Reply }> {
  const text = format === 'text' ? input : await readText(format, input);
  return { text, reply: readReply(text) };
}

async function readText(format: string, input: string): Promise<string> {
  const type = 'From: a@example.com\nContent-Type: text/html; charset=utf-8\n\n';
  const source = format === 'html' ? `${type}${input}` : input;
  return (await readMessage(Buffer.from(source, 'utf8'), DEFAULT_READ_LIMITS)).text;
}
