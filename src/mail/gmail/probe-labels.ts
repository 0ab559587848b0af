import type { MailboxProbe } from '../mailbox.ts';
import type { GmailSession } from './create-gmail-session.ts';
import type { LabelBook } from './create-label-book.ts';

/** A line for each label. Throws NotFound when one of the settings is not there. */
export async function probeLabels(
  session: GmailSession,
  book: LabelBook,
  signal: AbortSignal,
): Promise<MailboxProbe> {
  const { labels, missing } = await book.getChosen(signal);
  if (missing !== undefined) throw missing;
  const lines: string[] = [];
  for (const { id, name } of labels) {
    const { data } = await session.call(signal, (users, options) =>
      users.labels.get({ userId: 'me', id }, options),
    );
    const count = data.messagesTotal ?? 0;
    lines.push(`${name}: ${count} ${count === 1 ? 'message' : 'messages'}`);
  }
  return lines;
}
