import { isObject } from '../../domain/is-object.ts';
import { parseJson } from '../../domain/parse-json.ts';
import { ServiceError } from '../../domain/service-error.ts';
import type { FolderPosition, GraphCursor, ListedMessage } from './graph-cursor.ts';

const MAX_ID = 2_000;

/** @throws ServiceError InvalidInput when the text is not one of ours. */
export function parseCursor(text: string | undefined): GraphCursor {
  if (text === undefined) return { at: undefined, folders: new Map() };
  const value = parseJson(text);
  if (!isObject(value) || !Array.isArray(value.folders)) throw unusable();
  const { at } = value;
  if (at !== undefined && typeof at !== 'string') throw unusable();
  const folders = new Map<string, FolderPosition>();
  for (const entry of value.folders) {
    if (!Array.isArray(entry) || typeof entry[0] !== 'string') throw unusable();
    folders.set(entry[0], toPosition(entry[1]));
  }
  return { at, folders };
}

function toPosition(value: unknown): FolderPosition {
  if (!isObject(value) || !isId(value.id) || !Array.isArray(value.rest)) throw unusable();
  const { id, link } = value;
  if (link !== undefined && (typeof link !== 'string' || !link.startsWith('/'))) throw unusable();
  return {
    id,
    link,
    whole: value.whole === true,
    begunAt: toDate(value.begunAt),
    syncedAt: toDate(value.syncedAt),
    since: toDate(value.since),
    // Positions of before have none.
    firstSince: toDate('firstSince' in value ? value.firstSince : value.since),
    rest: value.rest.map(toListed),
  };
}

function toListed(value: unknown): ListedMessage {
  if (!Array.isArray(value) || !isId(value[0])) throw unusable();
  const [id, receivedAt, size, tries, since] = value as [string, ...unknown[]];
  const message = { id, receivedAt: toDate(receivedAt), size: typeof size === 'number' ? size : undefined };
  // Positions of before do not tell since when.
  return typeof tries === 'number'
    ? { ...message, failed: { tries, since: toDate(since) ?? new Date() } }
    : message;
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= MAX_ID;
}

function toDate(value: unknown): Date | undefined {
  if (value === undefined || value === null) return undefined;
  const date = new Date(typeof value === 'number' ? value : Number.NaN);
  if (Number.isNaN(date.getTime())) throw unusable();
  return date;
}

function unusable(): ServiceError {
  return new ServiceError('InvalidInput', 'The stored position is not one of a Microsoft Graph account.', {
    fix: 'Remove the position of this account: all folders are read again and known mail is a duplicate.',
  });
}
