import type { Account } from '../src/domain/account.ts';

/** What decides which messages are read: the mailbox and its folders. */
export function toPlaces({ kind, imap, graph, gmail, files, oauth }: Account): string {
  return JSON.stringify({ kind, imap, graph, gmail, files, oauth });
}
