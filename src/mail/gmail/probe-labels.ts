import type { MailboxProbe } from '../mailbox.ts';
import { checkOwner } from './check-owner.ts';
import type { GmailSession } from './create-gmail-session.ts';
import type { LabelBook } from './create-label-book.ts';

/** A line for each label. Throws NotFound when one of the settings is not there, AuthenticationFailed as `checkOwner`. */
export async function probeLabels(
  session: GmailSession,
  book: LabelBook,
  signal: AbortSignal,
): Promise<MailboxProbe> {
  const lines: string[] = [];
  if (session.address !== undefined) {
    const { data } = await session.call(signal, (users, options) =>
      users.getProfile({ userId: 'me' }, options),
    );
    const owner = await checkOwner(session, data.emailAddress, signal);
    if (owner !== undefined) lines.push(owner);
  }
  const { labels, missing } = await book.getChosen(signal);
  if (missing !== undefined) throw missing;
  for (const { id, name } of labels) {
    const { data } = await session.call(signal, (users, options) =>
      users.labels.get({ userId: 'me', id }, options),
    );
    const count = data.messagesTotal ?? 0;
    lines.push(`${name}: ${count} ${count === 1 ? 'message' : 'messages'}`);
  }
  return lines;
}
