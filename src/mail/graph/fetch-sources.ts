import { ServiceError } from '../../domain/service-error.ts';
import type { GraphSession } from './create-session.ts';
import { fetchSource, type Source, toSourcePath } from './fetch-source.ts';
import { parseRetryAfter } from './parse-retry-after.ts';
import { BATCH_SIZE, type PartAnswer, runBatch } from './run-batch.ts';

export interface SourceRequest {
  readonly maxMessageBytes: number;
  readonly signal: AbortSignal;
}

export const MAX_BATCHED = BATCH_SIZE;
/** A batch carries its bodies as base64 within JSON, all in memory at once. */
const MAX_BATCH_BYTES = 32 * 1024 * 1024;
const DEFAULT_WAIT_MS = 30_000;
const BASE64 = /^[A-Za-z0-9+/_-]*={0,2}$/;

/**
 * The bytes of up to 20 messages: in one batch, and one by one where the batch did not answer. Throttled ones are
 * left out and the session waits; throws RateLimited when nothing at all came.
 */
export async function fetchSources(
  session: GraphSession,
  ids: readonly string[],
  request: SourceRequest,
): Promise<ReadonlyMap<string, Source>> {
  const sources = new Map<string, Source>();
  const [only] = ids;
  const parts =
    only !== undefined && ids.length > 1
      ? await runBatch(
          session,
          ids.map((id) => toSourcePath(session, id)),
          { signal: request.signal, maxBytes: MAX_BATCH_BYTES },
        )
      : undefined;
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
  for (const id of alone) sources.set(id, await fetchSource(session, id, request));
  return sources;
}

function toSource(part: PartAnswer, maxBytes: number): Source | undefined {
  if (part.status === 404) return { kind: 'gone' };
  // What is not base64 went through a decoder of text on its way: it is asked for by itself, for its bytes.
  if (part.status !== 200 || typeof part.body !== 'string' || !BASE64.test(part.body)) return undefined;
  const raw = Buffer.from(part.body, 'base64');
  return raw.byteLength > maxBytes ? { kind: 'too-large' } : { kind: 'raw', raw };
}

function asksToWait({ status, retryAfter }: PartAnswer): boolean {
  return status === 429 || (status >= 500 && retryAfter !== undefined);
}

function toWait({ retryAfter }: PartAnswer): number {
  return parseRetryAfter(retryAfter) ?? DEFAULT_WAIT_MS;
}
