import { isObject } from '../../domain/is-object.ts';
import { parseRetryAfter } from '../../domain/parse-retry-after.ts';
import { ServiceError } from '../../domain/service-error.ts';
import { canFetchOthers } from './can-fetch-others.ts';
import type { GraphSession } from './create-session.ts';
import { type DeltaMessage, MESSAGE_QUERY, toMessage } from './read-delta.ts';
import { BATCH_SIZE, type PartAnswer, runBatch } from './run-batch.ts';
import { toMailboxPath } from './to-mailbox-path.ts';
import { isItemGone, saysGone } from './to-service-error.ts';

const MAX_BYTES = 4 * 1024 * 1024;
const DEFAULT_WAIT_MS = 30_000;

type Parts = Awaited<ReturnType<typeof runBatch>>;

/**
 * What Graph says of these messages, in their order; those that are gone are left out. Of one that it does not tell
 * nothing is known but that it is there: it must not hold up the others for ever.
 */
export async function readFacts(
  session: GraphSession,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<readonly DeltaMessage[]> {
  const found: DeltaMessage[] = [];
  for (let from = 0; from < ids.length; from += BATCH_SIZE) {
    const some = ids.slice(from, from + BATCH_SIZE);
    const paths = some.map((id) => `${toMailboxPath(session.settings, 'messages', id)}?${MESSAGE_QUERY}`);
    const parts = await runBatch(session, paths, { signal, maxBytes: MAX_BYTES });
    for (const [index, id] of some.entries()) {
      const part = parts?.[index];
      if (part !== undefined && saysGone(part)) continue;
      if (part?.status === 200 && isObject(part.body)) found.push(toMessage(id, part.body));
      else if (part !== undefined && isOfMessage(part)) found.push(toMessage(id, {}));
      else if (part !== undefined && part.status >= 500 && (await othersCome(parts, some))) {
        const fact = await readAlone(session, id, signal);
        if (fact !== undefined) found.push(fact);
      } else {
        const retryAfterMs = parseRetryAfter(part?.retryAfter) ?? DEFAULT_WAIT_MS;
        session.slowDown(retryAfterMs);
        throw new ServiceError('RateLimited', 'Microsoft Graph did not answer all of a batch.', {
          retryAfterMs,
        });
      }
    }
  }
  return found;

  async function othersCome(parts: Parts, asked: readonly string[]): Promise<boolean> {
    return parts?.some((part) => part?.status === 200) || canFetchOthers(session, new Set(asked), signal);
  }
}

/** Once more by itself: what was busy for a moment is not taken in without its date. Undefined: gone. */
async function readAlone(
  session: GraphSession,
  id: string,
  signal: AbortSignal,
): Promise<DeltaMessage | undefined> {
  const path = `${toMailboxPath(session.settings, 'messages', id)}?${MESSAGE_QUERY}`;
  try {
    return toMessage(id, await session.sendJson({ path, signal }));
  } catch (error) {
    if (isItemGone(error)) return undefined;
    if (error instanceof ServiceError && Number(error.details.status) >= 500) return toMessage(id, {});
    throw error;
  }
}

/** As for its bytes: 500 and most of 4xx may be one message that is broken; 401, 403 and 429 never are. */
function isOfMessage({ status, retryAfter }: PartAnswer): boolean {
  if (retryAfter !== undefined) return false;
  return status === 500 || (status >= 400 && status < 500 && ![401, 403, 408, 423, 429].includes(status));
}
