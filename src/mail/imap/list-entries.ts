import { ServiceError } from '../../domain/service-error.ts';
import type { ListRequest, MailboxEntry } from '../mailbox.ts';
import type { ImapSession } from './create-session.ts';
import { findUids } from './find-uids.ts';
import { isBeforeLookBack, toFirstPosition } from './look-back.ts';
import { openFolder } from './open-folder.ts';
import { type FolderPosition, parseCursor } from './parse-cursor.ts';
import { toProviderKey } from './to-provider-key.ts';
import { withFolder } from './with-folder.ts';

const PAGE = 1_000;
const SKIPPED = 'older than the look-back of this account';

/**
 * All messages of all folders, without their bodies. A folder that is gone fails with NotFound only after the
 * others were listed.
 */
export async function* listEntries(
  session: ImapSession,
  folders: readonly string[],
  request: ListRequest,
): AsyncGenerator<readonly MailboxEntry[]> {
  const positions = parseCursor(request.cursor).folders;
  let failure: ServiceError | undefined;
  let listed = 0;
  for (const folder of folders) {
    try {
      for await (const entries of listFolder(session, folder, positions.get(folder), request)) {
        listed += entries.length;
        request.onProgress(listed);
        yield entries;
      }
    } catch (error) {
      if (!(error instanceof ServiceError) || error.type !== 'NotFound') throw error;
      failure ??= error;
    }
  }
  if (failure !== undefined) throw failure;
}

async function* listFolder(
  session: ImapSession,
  folder: string,
  stored: FolderPosition | undefined,
  { signal, since }: ListRequest,
): AsyncGenerator<readonly MailboxEntry[]> {
  const { uidValidity, position, uids } = await session.run(signal, async (client) => {
    const opened = await openFolder(client, folder);
    // A folder that the next pull sees for the first time is judged as that pull will judge it.
    const known = stored?.uidValidity === opened.uidValidity;
    return {
      uidValidity: opened.uidValidity,
      position: known ? stored : await toFirstPosition(client, opened, since),
      uids: await findUids(client, '1:*'),
    };
  });
  for (let from = 0; from < uids.length; from += PAGE) {
    const some = uids.slice(from, from + PAGE);
    const dates = await withFolder(session, { folder, uidValidity }, signal, async (client) => {
      const found = new Map<number, Date | undefined>(some.map((uid) => [uid, undefined]));
      const range = `${some[0]}:${some.at(-1)}`;
      for await (const { uid, internalDate } of client.fetch(
        range,
        { uid: true, internalDate: true },
        { uid: true },
      ))
        if (internalDate instanceof Date && found.has(uid)) found.set(uid, internalDate);
      return found;
    });
    yield some.map((uid) => {
      const receivedAt = dates.get(uid);
      return {
        providerKey: toProviderKey(folder, uidValidity, uid),
        receivedAt,
        label: `${folder}, UID ${uid}`,
        passed: uid <= position.lastUid,
        skipped: isBeforeLookBack(position, { uid, receivedAt }) ? SKIPPED : undefined,
      };
    });
  }
}
