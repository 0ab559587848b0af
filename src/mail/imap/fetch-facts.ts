import type { ImapFlow } from 'imapflow';

/** What is known of a message before its body is loaded. */
export interface MessageFacts {
  readonly uid: number;
  /** RFC822.SIZE in bytes; undefined when the server does not tell. */
  readonly size: number | undefined;
  /** INTERNALDATE. */
  readonly receivedAt: Date | undefined;
}

/**
 * One FETCH of size and date for all messages from `first` to `last`, ascending. The range takes in a UID that
 * SEARCH did not show yet; flags are not asked for, since nothing depends on them.
 */
export async function fetchFacts(client: ImapFlow, first: number, last: number): Promise<MessageFacts[]> {
  const facts = new Map<number, MessageFacts>();
  const range = `${first}:${last}`;
  for await (const found of client.fetch(
    range,
    { uid: true, size: true, internalDate: true },
    { uid: true },
  )) {
    const { uid, size, internalDate } = found;
    // Servers may send FETCH answers that nobody asked for, of other messages and without these items.
    if (uid < first || uid > last) continue;
    const known = facts.get(uid);
    const receivedAt = internalDate instanceof Date ? internalDate : known?.receivedAt;
    facts.set(uid, { uid, size: size ?? known?.size, receivedAt });
  }
  return [...facts.values()].sort((a, b) => a.uid - b.uid);
}
