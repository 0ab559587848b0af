import { isObject } from '../../domain/is-object.ts';
import { parseJson } from '../../domain/parse-json.ts';
import { ServiceError } from '../../domain/service-error.ts';

/** A walk through the messages of one label, newest first. */
export interface Listing {
  readonly labelId: string;
  /** Seconds since 1970: older ones are left alone; undefined: none is. */
  readonly after: number | undefined;
  /** undefined: from the newest. */
  readonly pageToken: string | undefined;
}

export interface GmailCursor {
  /** All changes up to this one are consumed, or their ids wait in `pending`. */
  readonly historyId: string;
  /** Who had signed in when it was pinned; undefined: a position of before. */
  readonly owner: string | undefined;
  /** The server's clock, to the hour, when the end was last reached. */
  readonly syncedAt: Date;
  /** Ids of labels that were listed, or are in `listings`. One that is missing here was switched on later. */
  readonly labelIds: readonly string[];
  /**
   * The earliest that each label was listed after, as in `Listing`: what came later and is not here is missing. A
   * label of a position of before has none.
   */
  readonly firstAfter: ReadonlyMap<string, number | undefined>;
  /** Ids of messages that were seen and not handed over yet. */
  readonly pending: readonly string[];
  readonly listings: readonly Listing[];
}

const ID = /^[\w-]{1,100}$/;

export function formatCursor(cursor: GmailCursor): string {
  const firstAfter = [...cursor.firstAfter].map(([labelId, after]) => [labelId, after ?? null]);
  return JSON.stringify({ kind: 'gmail', ...cursor, firstAfter, syncedAt: cursor.syncedAt.toISOString() });
}

/** The larger of two history ids: 64-bit numbers as text. */
export function laterHistoryId(a: string, b: string): string {
  return BigInt(b) > BigInt(a) ? b : a;
}

export function isHistoryId(value: unknown): value is string {
  return typeof value === 'string' && /^\d{1,30}$/.test(value);
}

/** Reads what `formatCursor` wrote. Throws InvalidInput. */
export function parseCursor(text: string): GmailCursor {
  const value = parseJson(text);
  if (!isObject(value)) throw unusable();
  const { kind, historyId, owner, syncedAt, labelIds, firstAfter = [], pending, listings } = value;
  const at = new Date(typeof syncedAt === 'string' ? syncedAt : Number.NaN);
  const fits =
    kind === 'gmail' && isHistoryId(historyId) && !Number.isNaN(at.getTime()) && Array.isArray(listings);
  if (!fits || !Array.isArray(firstAfter)) throw unusable();
  return {
    historyId,
    owner: typeof owner === 'string' ? owner : undefined,
    syncedAt: at,
    labelIds: toIds(labelIds),
    firstAfter: new Map(firstAfter.map(toBound)),
    pending: toIds(pending),
    listings: listings.map(toListing),
  };
}

function toIds(value: unknown): string[] {
  if (Array.isArray(value) && value.every((id) => typeof id === 'string' && ID.test(id))) return value;
  throw unusable();
}

function toBound(value: unknown): [string, number | undefined] {
  const [labelId, after] = Array.isArray(value) ? (value as unknown[]) : [];
  if (typeof labelId !== 'string' || (after !== null && typeof after !== 'number')) throw unusable();
  return [labelId, after ?? undefined];
}

function toListing(value: unknown): Listing {
  const { labelId, after, pageToken } = (value ?? {}) as Record<string, unknown>;
  if (typeof labelId !== 'string') throw unusable();
  return {
    labelId,
    after: typeof after === 'number' ? after : undefined,
    pageToken: typeof pageToken === 'string' ? pageToken : undefined,
  };
}

function unusable(): ServiceError {
  return new ServiceError('InvalidInput', 'The stored position is not one of a Gmail account.', {
    fix: 'Remove the position of this account: its labels are listed again and known mail is a duplicate.',
  });
}
