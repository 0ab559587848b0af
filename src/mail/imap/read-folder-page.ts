import type { ImapFlow } from 'imapflow';
import type { MailboxItem, PageRequest } from '../mailbox.ts';
import type { ImapSession } from './create-session.ts';
import { fetchFacts, type MessageFacts } from './fetch-facts.ts';
import { fetchMessages } from './fetch-messages.ts';
import { findSetBack } from './find-set-back.ts';
import { findVanished } from './find-vanished.ts';
import { listUids } from './list-uids.ts';
import { lookAtFolder } from './look-at-folder.ts';
import { isBeforeLookBack, toFirstPosition } from './look-back.ts';
import type { FolderPosition } from './parse-cursor.ts';
import { toProviderKey } from './to-provider-key.ts';
import { type FolderRef, withFolder } from './with-folder.ts';

export interface FolderPage {
  readonly items: readonly MailboxItem[];
  readonly position: FolderPosition;
  /** Nothing more in this folder for now. */
  readonly exhausted: boolean;
  readonly exists: number;
  /** Provider keys of consumed messages that left. */
  readonly gone: readonly string[];
  /** Whether the server tells of them at all. */
  readonly tellsGone: boolean;
  /** Provider keys of consumed messages that are not there, and that the server is about to deal again. */
  readonly givenUp?: readonly string[];
}

interface Start {
  readonly position: FolderPosition;
  readonly gone: readonly string[];
  readonly givenUp?: readonly string[];
}

/**
 * The next messages of one folder in UID order, from `position` on, or from the look-back when there is none or when
 * UIDVALIDITY changed: then every UID is new, and mail that is known is found by its content.
 */
export async function readFolderPage(
  session: ImapSession,
  folder: string,
  position: FolderPosition | undefined,
  request: PageRequest,
): Promise<FolderPage> {
  const { signal, maxItems } = request;
  const { look, tellsGone } = await session.run(signal, async (client) => ({
    look: await lookAtFolder(client, folder, position),
    tellsGone: client.enabled.has('QRESYNC'),
  }));
  const { uidValidity, exists } = look;
  if (look.quiet && position !== undefined)
    return { items: [], position, exhausted: true, exists, gone: [], tellsGone };

  const ref = { folder, uidValidity };
  const start = await withFolder(session, ref, signal, async (client): Promise<Start> => {
    const tracked = tellsGone && look.modseq !== undefined ? { modseq: look.modseq } : {};
    if (position?.uidValidity !== uidValidity)
      return {
        position: { ...(await toFirstPosition(client, look, request.since)), ...tracked, backfill: true },
        gone: [],
      };
    const setBackTo = await findSetBack(client, look, position);
    if (setBackTo !== undefined) return toSetBack(ref, position, setBackTo);
    const gone = await findGone(client, ref, position, tracked.modseq);
    return { position: { ...position, ...tracked }, gone };
  });
  // First the keys are given up, with the position: what comes under them now would pass for known.
  if (start.givenUp !== undefined) return { ...start, items: [], exhausted: false, exists, tellsGone };
  const list = await withFolder(session, ref, signal, (client) =>
    listUids(client, start.position, maxItems, exists),
  );
  const wanted = list.uids.slice(0, maxItems);
  const facts = await withFolder(session, ref, signal, (client) =>
    fetchWanted(client, start.position, wanted),
  );
  const messages = merge(wanted, facts).slice(0, maxItems);
  const read = await readMessages(session, ref, messages, start.position, request);
  const { lastUid } = start.position;
  const exhausted = list.complete && (read.reached ?? lastUid) === (list.uids.at(-1) ?? lastUid);
  // What the look-back leaves alone is done with, too.
  const reached = Math.max(read.reached ?? lastUid, exhausted ? (start.position.sinceUpTo ?? 0) : 0);
  return {
    items: read.items,
    position: { ...start.position, lastUid: reached },
    exhausted,
    exists,
    gone: start.gone,
    tellsGone,
  };
}

/** As if those UIDs had never been read. */
function toSetBack({ folder, uidValidity }: FolderRef, position: FolderPosition, uidNext: number): Start {
  const { lastUid, sinceUpTo } = position;
  const before = uidNext - 1;
  return {
    position: {
      ...position,
      lastUid: before,
      ...(sinceUpTo === undefined ? {} : { sinceUpTo: Math.min(sinceUpTo, before) }),
    },
    gone: [],
    givenUp: Array.from({ length: lastUid - before }, (_, n) =>
      toProviderKey(folder, uidValidity, uidNext + n),
    ),
  };
}

async function findGone(
  client: ImapFlow,
  { folder, uidValidity }: FolderRef,
  { lastUid, modseq }: FolderPosition,
  now: string | undefined,
): Promise<readonly string[]> {
  if (now === undefined || modseq === undefined || modseq === now || lastUid === 0) return [];
  const uids = await findVanished(client, lastUid, modseq);
  return uids.map((uid) => toProviderKey(folder, uidValidity, uid));
}

/** Size and date of these, and of what shows up between them where the look-back does not matter. */
async function fetchWanted(
  client: ImapFlow,
  { lastUid, sinceUpTo = 0 }: FolderPosition,
  wanted: readonly number[],
): Promise<MessageFacts[]> {
  const last = wanted.at(-1);
  if (last === undefined) return [];
  const old = wanted.filter((uid) => uid <= sinceUpTo);
  const first = Math.max(lastUid, sinceUpTo) + 1;
  const set = [...old, ...(last >= first ? [`${first}:${last}`] : [])].join(',');
  const known = new Set(old);
  return fetchFacts(client, set, (uid) => known.has(uid) || (uid >= first && uid <= last));
}

/** Every wanted UID, also one whose facts did not come (RFC 9051 lets a FETCH answer lack items), in order. */
function merge(wanted: readonly number[], facts: readonly MessageFacts[]): MessageFacts[] {
  const known = new Map(facts.map((fact) => [fact.uid, fact]));
  for (const uid of wanted) {
    if (!known.has(uid)) known.set(uid, { uid, size: undefined, receivedAt: undefined });
  }
  return [...known.values()].sort((a, b) => a.uid - b.uid);
}

async function readMessages(
  session: ImapSession,
  ref: FolderRef,
  messages: readonly MessageFacts[],
  position: FolderPosition,
  request: PageRequest,
): Promise<{ readonly items: readonly MailboxItem[]; readonly reached: number | undefined }> {
  const toKey = ({ uid }: MessageFacts) => toProviderKey(ref.folder, ref.uidValidity, uid);
  const young = messages.filter((message) => !isBeforeLookBack(position, message));
  const known = await request.findKnown?.(young.map(toKey));
  const unread = known === undefined ? young : young.filter((message) => !known.has(toKey(message)));
  const { items, consumed } = await fetchMessages(session, ref, unread, request);
  const next = unread[consumed];
  // Up to the first one that did not fit; all that was left alone before it is behind us.
  const behind = next === undefined ? messages : messages.slice(0, messages.indexOf(next));
  return { items, reached: behind.at(-1)?.uid };
}
