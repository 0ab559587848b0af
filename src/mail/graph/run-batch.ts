import { isObject } from '../../domain/is-object.ts';
import { parseJson } from '../../domain/parse-json.ts';
import type { GraphSession } from './create-session.ts';

/** learn.microsoft.com/graph/json-batching: more are refused. Graph itself runs four of them at a time. */
export const BATCH_SIZE = 20;

/** The answer to one request of a batch; each has a status of its own. */
export interface PartAnswer {
  readonly status: number;
  readonly retryAfter: string | undefined;
  readonly body: unknown;
}

/**
 * GETs of these paths, at most 20, in one request. An answer is undefined when Graph left it out, as it does with
 * those that do not fit; the whole is undefined when it is larger than `maxBytes`.
 */
export async function runBatch(
  session: GraphSession,
  paths: readonly string[],
  options: { readonly signal: AbortSignal; readonly maxBytes: number },
): Promise<readonly (PartAnswer | undefined)[] | undefined> {
  const headers = { prefer: 'IdType="ImmutableId"' };
  const requests = paths.map((url, index) => ({ id: String(index), method: 'GET', url, headers }));
  const raw = await session.sendRaw({ method: 'POST', path: '/$batch', body: { requests }, ...options });
  if (raw === undefined) return undefined;
  // What is no JSON counts as if all had been left out: each is asked for by itself, and that answer says what is wrong.
  const answer = parseJson(raw.toString('utf8'));
  const parts: (PartAnswer | undefined)[] = paths.map(() => undefined);
  for (const part of isObject(answer) && Array.isArray(answer.responses) ? answer.responses : []) {
    if (!isObject(part) || typeof part.status !== 'number') continue;
    const index = Number(part.id);
    if (index in parts) parts[index] = toPart(part, part.status);
  }
  return parts;
}

function toPart(part: Record<string, unknown>, status: number): PartAnswer {
  const headers = isObject(part.headers) ? Object.entries(part.headers) : [];
  const retryAfter = headers.find(([name]) => name.toLowerCase() === 'retry-after')?.[1];
  return { status, retryAfter: typeof retryAfter === 'string' ? retryAfter : undefined, body: part.body };
}
