import type { Message } from '@microsoft/microsoft-graph-types';
import { isObject } from '../../domain/is-object.ts';
import { ServiceError } from '../../domain/service-error.ts';
import type { GraphSession } from './create-session.ts';
import type { ListedMessage } from './graph-cursor.ts';
import { toMailboxPath } from './to-mailbox-path.ts';
import { toOwnPath } from './to-own-path.ts';

export interface DeltaRequest {
  readonly folderId: string;
  /** Of the page before; undefined: a new round over the whole folder. */
  readonly link: string | undefined;
  readonly pageSize: number;
  readonly signal: AbortSignal;
}

export interface DeltaMessage extends ListedMessage {
  readonly isDraft: boolean;
}

export interface DeltaPage {
  readonly messages: readonly DeltaMessage[];
  /** Ids of what was deleted or moved away. */
  readonly removed: readonly string[];
  readonly link: string;
  /** The round is over; the link begins the next one. */
  readonly complete: boolean;
}

const SELECT: readonly (keyof Message)[] = ['id', 'receivedDateTime', 'isDraft'];
/** PidTagMessageSize: Graph has no property of its own for the size (MS-OXPROPS 2.797). */
const SIZE = 'Integer 0xe08';
const EXPAND = `$expand=${encodeURIComponent(`singleValueExtendedProperties($filter=id eq '${SIZE}')`)}`;
const PLAIN_QUERY = `$select=${SELECT.join(',')}`;
/** What is asked of a message besides its bytes. */
export const MESSAGE_QUERY = `${PLAIN_QUERY}&${EXPAND}`;
/** Without it the order is any, and new mail may wait for all that is old. */
const NEWEST_FIRST = `$orderby=${encodeURIComponent('receivedDateTime desc')}`;
const EXPIRED = /^(?:resyncRequired|syncState(?:NotFound|Invalid)|ErrorInvalidSyncStateData)$/i;

/**
 * One page of changes of a folder (learn.microsoft.com/graph/api/message-delta). Old mail is not filtered out:
 * "Applying $filter in a delta query returns only up to 5,000 messages" (learn.microsoft.com/graph/delta-query-messages).
 */
export async function readDelta(session: GraphSession, request: DeltaRequest): Promise<DeltaPage> {
  const { path, answer } = await ask(session, request);
  const messages: DeltaMessage[] = [];
  const removed = new Set<string>();
  for (const entry of Array.isArray(answer.value) ? answer.value : []) {
    if (!isObject(entry) || typeof entry.id !== 'string' || entry.id === '') continue;
    if (entry['@removed'] !== undefined) removed.add(entry.id);
    else {
      // It was moved away and back.
      removed.delete(entry.id);
      messages.push(toMessage(entry.id, entry));
    }
  }
  const next = answer['@odata.nextLink'];
  const last = answer['@odata.deltaLink'];
  const link = typeof next === 'string' ? next : last;
  if (typeof link !== 'string') {
    throw new ServiceError('Unavailable', 'Graph sent changes without saying how to go on.');
  }
  const own = toOwnPath(link, session.settings.baseUrl);
  const complete = typeof next !== 'string';
  if (!complete && own === path) {
    throw new ServiceError('Unavailable', 'Graph sent the same page of changes as the next one.');
  }
  return { messages, removed: [...removed], link: own, complete };
}

async function ask(session: GraphSession, request: DeltaRequest) {
  const prefer = `odata.maxpagesize=${request.pageSize}`;
  const send = async (path: string) => ({
    path,
    answer: await session.sendJson({ path, prefer, signal: request.signal }),
  });
  if (request.link !== undefined) return send(request.link);
  try {
    return await send(toFirstPath(session, request, `${MESSAGE_QUERY}&${NEWEST_FIRST}`));
  } catch (error) {
    // Size and order only help to load well: where a cloud has no such changes, they come without.
    if (!(error instanceof ServiceError) || error.type !== 'InvalidInput' || isExpired(error)) throw error;
    return send(toFirstPath(session, request, PLAIN_QUERY));
  }
}

/** 410 and its kin: the token of a link is too old, and the folder has to be compared anew. */
export function isExpired(error: unknown): boolean {
  if (!(error instanceof ServiceError)) return false;
  return error.details.status === 410 || EXPIRED.test(String(error.details.code));
}

/** A link that was good, and that Graph cannot read any more: 400 with whatever code. */
export function isRefusedLink(error: unknown): boolean {
  return error instanceof ServiceError && error.details.status === 400;
}

function toFirstPath(session: GraphSession, { folderId }: DeltaRequest, query: string): string {
  return `${toMailboxPath(session.settings, 'mailFolders', folderId, 'messages', 'delta')}?${query}`;
}

export function toMessage(id: string, entry: Record<string, unknown>): DeltaMessage {
  const { receivedDateTime, isDraft, singleValueExtendedProperties: properties } = entry;
  const received = new Date(typeof receivedDateTime === 'string' ? receivedDateTime : Number.NaN);
  const [first] = Array.isArray(properties) ? (properties as unknown[]) : [];
  const size = isObject(first) ? Number(first.value) : Number.NaN;
  return {
    id,
    receivedAt: Number.isNaN(received.getTime()) ? undefined : received,
    isDraft: isDraft === true,
    size: Number.isSafeInteger(size) && size >= 0 ? size : undefined,
  };
}
