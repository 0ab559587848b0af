import { ServiceError } from '../../domain/service-error.ts';
import type { ListRequest, MailboxEntry } from '../mailbox.ts';
import type { GraphSession } from './create-session.ts';
import { findFolder } from './find-folder.ts';
import type { FolderPosition } from './graph-cursor.ts';
import { parseCursor } from './parse-cursor.ts';
import { type DeltaMessage, isExpired, isRefusedLink } from './read-delta.ts';
import { readRound } from './read-round.ts';
import { toLabel } from './to-item.ts';
import { toProviderKey } from './to-provider-key.ts';
import { isItemGone } from './to-service-error.ts';

const YIELDED = 500;

/**
 * All messages of all folders. Listed as a round of changes that is thrown away: pages by number would skip a
 * message for each one that is deleted meanwhile. Of a folder that is gone or refused it throws once the others are listed.
 */
export async function* listEntries(
  session: GraphSession,
  request: ListRequest,
): AsyncIterable<readonly MailboxEntry[]> {
  const { folders } = parseCursor(request.cursor);
  let listed = 0;
  let failure: ServiceError | undefined;
  for (const name of session.settings.folders) {
    let entries: readonly MailboxEntry[];
    try {
      entries = await toEntries(session, name, folders.get(name), {
        ...request,
        onProgress: () => request.onProgress(listed),
      });
    } catch (error) {
      if (!isOfFolder(error)) throw error;
      failure ??= error;
      continue;
    }
    for (let from = 0; from < entries.length; from += YIELDED) {
      const page = entries.slice(from, from + YIELDED);
      listed += page.length;
      request.onProgress(listed);
      yield page;
    }
    request.onListed?.(name);
  }
  if (failure !== undefined) throw failure;
}

function isOfFolder(error: unknown): error is ServiceError {
  return error instanceof ServiceError && (error.type === 'NotFound' || error.type === 'PermissionDenied');
}

async function toEntries(
  session: GraphSession,
  name: string,
  position: FolderPosition | undefined,
  { signal, since, onProgress }: ListRequest,
): Promise<readonly MailboxEntry[]> {
  const onPage = () => onProgress(0);
  const messages = await listFolder(session, name, position?.id, signal, onPage);
  // Asked after the list was made: what came in between is pending, and not missing.
  const pending = position && (await findPending(session, position, signal, onPage));
  const bound = position === undefined ? since : position.firstSince;
  return messages.map((message) => toEntry(message, name, bound, pending));
}

/** By the id that is remembered; by the name when there is none, or when the folder was made again since. */
async function listFolder(
  session: GraphSession,
  name: string,
  known: string | undefined,
  signal: AbortSignal,
  onPage: () => void,
): Promise<readonly DeltaMessage[]> {
  const list = (folderId: string) => readRound(session, { folderId, link: undefined, signal }, onPage);
  try {
    if (known !== undefined) return await list(known);
  } catch (error) {
    if (!isItemGone(error)) throw error;
  }
  return list((await findFolder(session, name, signal)).id);
}

function toEntry(
  message: DeltaMessage,
  folder: string,
  since: Date | undefined,
  pending: ReadonlySet<string> | undefined,
): MailboxEntry {
  const { id, receivedAt, isDraft } = message;
  const isOld = since !== undefined && receivedAt !== undefined && receivedAt < since;
  return {
    providerKey: toProviderKey(id),
    receivedAt,
    label: toLabel(folder, message),
    passed: pending !== undefined && !pending.has(id),
    skipped: isDraft ? 'It is a draft.' : isOld ? 'It came before the look-back.' : undefined,
  };
}

/** What the cursor has not reached; undefined: it has no place any more, so nothing is passed. */
async function findPending(
  session: GraphSession,
  { id: folderId, link, rest }: FolderPosition,
  signal: AbortSignal,
  onPage: () => void,
): Promise<ReadonlySet<string> | undefined> {
  if (link === undefined) return undefined;
  try {
    const changed = await readRound(session, { folderId, link, signal }, onPage);
    return new Set([...rest, ...changed].map(({ id }) => id));
  } catch (error) {
    if (isExpired(error) || isRefusedLink(error) || isItemGone(error)) return undefined;
    throw error;
  }
}
