import type { ExpungeEvent, ImapFlow } from 'imapflow';

/** A server that forgot its history may name any UID that is not there; the audit finds the others. */
const MOST = 100_000;

/**
 * Which of the UIDs up to `lastUid` left the open folder since `modseq`, by UID FETCH (CHANGEDSINCE VANISHED),
 * RFC 7162 3.2.6. Needs QRESYNC.
 */
export async function findVanished(client: ImapFlow, lastUid: number, modseq: string): Promise<number[]> {
  const vanished = new Set<number>();
  const note = ({ vanished: left, uid }: ExpungeEvent) => {
    if (left && uid !== undefined && uid <= lastUid && vanished.size < MOST) vanished.add(uid);
  };
  client.on('expunge', note);
  try {
    const options = { uid: true, changedSince: BigInt(modseq) };
    for await (const _ of client.fetch(`1:${lastUid}`, { uid: true }, options)) {
      // Changed flags come along; nothing depends on them.
    }
  } finally {
    client.off('expunge', note);
  }
  return [...vanished].sort((a, b) => a - b);
}
