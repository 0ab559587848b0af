import type { MailboxProbe } from '../mailbox.ts';
import { checkOwner } from './check-owner.ts';
import { checkSameOwner } from './check-same-owner.ts';
import type { GmailSession } from './create-gmail-session.ts';
import type { LabelBook } from './create-label-book.ts';
import { parseCursor } from './gmail-cursor.ts';

/**
 * A line for each label. Throws NotFound when one of the settings is not there, AuthenticationFailed as `checkOwner` at
 * first sight and as `checkSameOwner` later.
 */
export async function probeLabels(
  session: GmailSession,
  book: LabelBook,
  cursor: string | undefined,
  signal: AbortSignal,
): Promise<MailboxProbe> {
  const lines: string[] = [];
  const before = cursor === undefined ? undefined : parseCursor(cursor);
  if (session.address !== undefined || before?.owner !== undefined) {
    const { data } = await session.call(signal, (users, options) =>
      users.getProfile({ userId: 'me' }, options),
    );
    if (before !== undefined) await checkSameOwner(session, before, data.emailAddress, signal);
    const owner = await checkOwner(session, data.emailAddress, before !== undefined, signal);
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
