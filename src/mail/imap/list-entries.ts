import type { ImapFlow } from 'imapflow';
import { ServiceError } from '../../domain/service-error.ts';
import type { ListRequest, MailboxEntry } from '../mailbox.ts';
import type { ImapSession } from './create-session.ts';
import { fetchFacts, type MessageFacts } from './fetch-facts.ts';
import { findUids } from './find-uids.ts';
import { isBeforeLookBack, toFirstPosition } from './look-back.ts';
import { openFolder } from './open-folder.ts';
import { type FolderPosition, parseCursor } from './parse-cursor.ts';
import { toFolderFailure } from './to-folder-failure.ts';
import { toProviderKey } from './to-provider-key.ts';
import { withFolder } from './with-folder.ts';

const PAGE = 1_000;
const SKIPPED = 'older than the look-back of this account';

interface OpenList {
  readonly folder: string;
  readonly uidValidity: string;
  readonly position: FolderPosition;
  readonly uids: readonly number[];
}

/** Of one folder. */
type Attempt = <R>(command: () => Promise<R>) => Promise<R>;

/**
 * All messages of all folders, without their bodies. When the server refuses some of the folders, the others are listed
 * first; then it fails with NotFound or PermissionDenied, and the name of one that was refused.
 */
export async function* listEntries(
  session: ImapSession,
  folders: readonly string[],
  request: ListRequest,
): AsyncGenerator<readonly MailboxEntry[]> {
  const positions = parseCursor(request.cursor).folders;
  const toFailure = (error: unknown) => toFolderFailure(session, folders, error, request.signal);
  // A connection that broke has another behind it; who refuses twice means it.
  const twice: Attempt = (command) =>
    command().catch(async (error: unknown) => {
      await toFailure(error);
      return command();
    });
  const refused: { readonly folder: string; readonly failure: ServiceError }[] = [];
  let listed = 0;
  for (const folder of folders) {
    try {
      const open = await twice(() => openList(session, folder, positions.get(folder), request));
      for await (const entries of listFolder(session, open, request.signal, twice)) {
        listed += entries.length;
        request.onProgress(listed);
        yield entries;
      }
      request.onListed?.(folder);
    } catch (error) {
      refused.push({ folder, failure: await toFailure(error) });
    }
  }
  const [first] = refused;
  if (first === undefined) return;
  throw refused.length === folders.length ? first.failure : toPartial(first);
}

/** Another type would say that nothing was listed. */
function toPartial({ folder, failure }: { folder: string; failure: ServiceError }): ServiceError {
  const { type, message, fix, details } = failure;
  if (type === 'NotFound') return failure;
  return new ServiceError('PermissionDenied', `The folder "${folder}" cannot be listed: ${message}`, {
    ...(fix === undefined ? {} : { fix }),
    details,
    cause: failure,
  });
}

async function openList(
  session: ImapSession,
  folder: string,
  stored: FolderPosition | undefined,
  { signal, since }: ListRequest,
): Promise<OpenList> {
  return session.run(signal, async (client) => {
    const opened = await openFolder(client, folder);
    // A folder that the next pull sees for the first time is judged as that pull will judge it.
    const known = stored?.uidValidity === opened.uidValidity;
    return {
      folder,
      uidValidity: opened.uidValidity,
      position: known ? stored : await toFirstPosition(client, opened, since),
      uids: await findUids(client, '1:*'),
    };
  });
}

async function* listFolder(
  session: ImapSession,
  { folder, uidValidity, position, uids }: OpenList,
  signal: AbortSignal,
  twice: Attempt,
): AsyncGenerator<readonly MailboxEntry[]> {
  for (let from = 0; from < uids.length; from += PAGE) {
    const some = uids.slice(from, from + PAGE);
    const facts = await twice(() =>
      withFolder(session, { folder, uidValidity }, signal, (client) => fetchSome(client, some)),
    );
    yield some.map((uid) => {
      const { receivedAt, size = 0 } = facts.get(uid) ?? { receivedAt: undefined };
      return {
        providerKey: toProviderKey(folder, uidValidity, uid),
        receivedAt,
        size,
        label: `${folder}, UID ${uid}`,
        passed: uid <= position.lastUid,
        skipped: isBeforeLookBack(position, { uid, receivedAt }) ? SKIPPED : undefined,
      };
    });
  }
}

async function fetchSome(
  client: ImapFlow,
  uids: readonly number[],
): Promise<ReadonlyMap<number, MessageFacts>> {
  const listed = new Set(uids);
  const facts = await fetchFacts(client, `${uids[0]}:${uids.at(-1)}`, (uid) => listed.has(uid));
  return new Map(facts.map((fact) => [fact.uid, fact]));
}
