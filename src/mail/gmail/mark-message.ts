import { ServiceError } from '../../domain/service-error.ts';
import type { MailboxMark } from '../mailbox.ts';
import type { GmailSession } from './create-gmail-session.ts';
import type { LabelBook } from './create-label-book.ts';
import { fromProviderKey } from './provider-key.ts';

/** Seen takes UNREAD off; a folder is a label without INBOX. Labels that are not there are made. False: it is gone. */
export async function markMessage(
  session: GmailSession,
  book: LabelBook,
  providerKey: string,
  { seen, label, folder }: MailboxMark,
  signal: AbortSignal,
): Promise<boolean> {
  const id = fromProviderKey(providerKey);
  if (id === undefined) return false;
  const addLabelIds: string[] = [];
  for (const name of [label, folder]) {
    if (name !== undefined) addLabelIds.push(await book.findOrCreate(name, signal));
  }
  const removeLabelIds = [
    ...(seen ? ['UNREAD'] : []),
    ...(folder !== undefined && !addLabelIds.includes('INBOX') ? ['INBOX'] : []),
  ];
  if (addLabelIds.length + removeLabelIds.length === 0) return true;
  try {
    await session.call(signal, (users, options) =>
      users.messages.modify({ userId: 'me', id, requestBody: { addLabelIds, removeLabelIds } }, options),
    );
    return true;
  } catch (error) {
    if (error instanceof ServiceError && error.type === 'NotFound') return false;
    throw error;
  }
}
