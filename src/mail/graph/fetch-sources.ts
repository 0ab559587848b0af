import { parseRetryAfter } from '../../domain/parse-retry-after.ts';
import { ServiceError } from '../../domain/service-error.ts';
import type { GraphSession } from './create-session.ts';
import { fetchSource, type Source, toSourcePath } from './fetch-source.ts';
import { isPassing } from './is-passing.ts';
import { BATCH_SIZE, type PartAnswer, runBatch } from './run-batch.ts';
import { saysGone } from './to-service-error.ts';

/** Failures in a row after which it looks like the server, and the others are left for later. */
export const MOST_FAILURES = 2;

export interface SourceRequest {
  readonly maxMessageBytes: number;
  readonly signal: AbortSignal;
}

export const MAX_BATCHED = BATCH_SIZE;
/** A batch carries its bodies as base64 within JSON, all in memory at once. */
const MAX_BATCH_BYTES = 32 * 1024 * 1024;
const DEFAULT_WAIT_MS = 30_000;
const BASE64 = /^[A-Za-z0-9+/_-]+={0,2}$/;

/**
 * The bytes of up to 20 messages, in the order in which they came: in one batch, and one by one where the batch did
 * not answer. Throttled ones are left out and the session waits; throws RateLimited when nothing at all came.
 */
export async function fetchSources(
  session: GraphSession,
  ids: readonly string[],
  request: SourceRequest,
): Promise<ReadonlyMap<string, Source>> {
  const sources = new Map<string, Source>();
  const [only] = ids;
  const parts =
    only !== undefined && ids.length > 1 ? await askBatch(session, ids, request.signal) : undefined;
  let waitMs: number | undefined;
  const alone: string[] = [];
  for (const [index, id] of ids.entries()) {
    const part = parts?.[index];
    const source = part && toSource(part, request.maxMessageBytes);
    if (source !== undefined) sources.set(id, source);
    else if (part !== undefined && asksToWait(part)) waitMs = Math.max(waitMs ?? 0, toWait(part));
    else alone.push(id);
  }
  if (waitMs !== undefined) {
    session.slowDown(waitMs);
    if (sources.size > 0) return sources;
    throw new ServiceError('RateLimited', 'Microsoft Graph asks to slow down.', { retryAfterMs: waitMs });
  }
  let failures = 0;
  for (const id of alone) {
    const source = await fetchOne(session, id, request);
    if (source.kind === 'failed' && source.error.type === 'RateLimited') {
      if (sources.size > 0) break;
      throw source.error;
    }
    sources.set(id, source);
    failures = source.kind === 'failed' ? failures + 1 : 0;
    if (failures >= MOST_FAILURES) break;
  }
  return sources;
}

/** A lost connection is no word about the message, which would wait for another pull: it is asked for once more. */
async function fetchOne(session: GraphSession, id: string, request: SourceRequest): Promise<Source> {
  const first = await tryToFetch(session, id, request);
  const isLost = first.kind === 'failed' && isConnectionLost(first.error);
  return isLost ? tryToFetch(session, id, request) : first;
}

async function tryToFetch(session: GraphSession, id: string, request: SourceRequest): Promise<Source> {
  try {
    return await fetchSource(session, id, request);
  } catch (error) {
    if (!isPassing(error)) throw error;
    return { kind: 'failed', error };
  }
}

/** Not when it took too long: it would again. */
function isConnectionLost({ details: { status, code } }: ServiceError): boolean {
  return status === undefined && code !== undefined && code !== 'timeout';
}

/** Undefined: as a whole it did not come. One message that takes too long is enough. */
async function askBatch(session: GraphSession, ids: readonly string[], signal: AbortSignal) {
  const paths = ids.map((id) => toSourcePath(session, id));
  try {
    return await runBatch(session, paths, { signal, maxBytes: MAX_BATCH_BYTES });
  } catch (error) {
    if (!isPassing(error) || error.type === 'RateLimited') throw error;
    return undefined;
  }
}

function toSource(part: PartAnswer, maxBytes: number): Source | undefined {
  if (saysGone(part)) return { kind: 'gone' };
  // What is not base64 went through a decoder of text on its way: it is asked for by itself, for its bytes.
  if (part.status !== 200 || typeof part.body !== 'string' || !BASE64.test(part.body)) return undefined;
  const raw = Buffer.from(part.body, 'base64');
  return raw.byteLength > maxBytes ? { kind: 'too-large' } : { kind: 'raw', raw };
}

/** Only 429 is of the mailbox: 503 with Retry-After may be one message, as its answer by itself shows. */
function asksToWait({ status }: PartAnswer): boolean {
  return status === 429;
}

function toWait({ retryAfter }: PartAnswer): number {
  return parseRetryAfter(retryAfter) ?? DEFAULT_WAIT_MS;
}
