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
 * One FETCH of size and date for the messages of a UID set such as `3,5,7:9`, ascending. A range takes in a UID
 * that SEARCH did not show yet; flags are not asked for, since nothing depends on them.
 */
export async function fetchFacts(
  client: ImapFlow,
  set: string,
  isWanted: (uid: number) => boolean,
): Promise<MessageFacts[]> {
  const facts = new Map<number, MessageFacts>();
  for await (const found of client.fetch(set, { uid: true, size: true, internalDate: true }, { uid: true })) {
    const { uid, size, internalDate } = found;
    // Servers may send FETCH answers that nobody asked for, of other messages and without these items.
    if (!isWanted(uid)) continue;
    const known = facts.get(uid);
    const receivedAt = internalDate instanceof Date ? internalDate : known?.receivedAt;
    facts.set(uid, { uid, size: size ?? known?.size, receivedAt });
  }
  return [...facts.values()].sort((a, b) => a.uid - b.uid);
}
