import { eq } from 'drizzle-orm';
import type { MessageView } from '../src/domain/message.ts';
import type { Database } from './client.ts';
import { message, messageBody } from './schema/index.ts';

/** A message as it was read; undefined: it has not been. */
export async function findView(db: Database, messageId: string): Promise<MessageView | undefined> {
  const [row] = await db
    .select({ message, body: messageBody })
    .from(message)
    .innerJoin(messageBody, eq(messageBody.messageId, message.id))
    .where(eq(message.id, messageId));
  return row && toView(row.message, row.body);
}

function toView(row: typeof message.$inferSelect, body: typeof messageBody.$inferSelect): MessageView {
  const { date, ...details } = body.details;
  return {
    ...details,
    subject: row.subject,
    from: { name: row.fromName, address: row.fromAddress },
    messageIdHeader: row.messageIdHeader ?? undefined,
    inReplyTo: details.inReplyTo,
    date: date === undefined ? undefined : new Date(date),
    text: body.text,
    visibleText: body.visibleText,
    inlineAnswers: row.inlineAnswers,
    html: body.html ?? undefined,
    language: row.language ?? 'und',
  };
}
