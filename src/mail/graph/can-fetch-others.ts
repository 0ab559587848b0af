import { isObject } from '../../domain/is-object.ts';
import { ServiceError } from '../../domain/service-error.ts';
import type { GraphSession } from './create-session.ts';
import { toSourcePath } from './fetch-source.ts';
import { toMailboxPath } from './to-mailbox-path.ts';

const PROBES = 3;
/** What is larger is not read on: that it begins to come is enough. */
const MAX_BYTES = 64 * 1024;

/** Whether the mailbox hands over the bytes of any message but these: if so, it is these that are at fault. */
export async function canFetchOthers(
  session: GraphSession,
  ids: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    const query = `$select=id&$top=${ids.size + PROBES}`;
    const path = `${toMailboxPath(session.settings, 'messages')}?${query}`;
    const { value } = await session.sendJson({ path, signal });
    const found = (Array.isArray(value) ? value : []).flatMap((entry) =>
      isObject(entry) && typeof entry.id === 'string' && !ids.has(entry.id) ? [entry.id] : [],
    );
    for (const id of found.slice(0, PROBES)) if (await canFetch(id)) return true;
    return false;
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    return false;
  }

  async function canFetch(id: string): Promise<boolean> {
    try {
      const raw = await session.sendRaw({ path: toSourcePath(session, id), maxBytes: MAX_BYTES, signal });
      return raw === undefined || raw.byteLength > 0;
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      return false;
    }
  }
}
