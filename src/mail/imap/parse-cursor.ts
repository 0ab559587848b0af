import { isObject } from '../../domain/is-object.ts';
import { parseJson } from '../../domain/parse-json.ts';
import { ServiceError } from '../../domain/service-error.ts';

/** How far one folder was read. UIDNEXT is never stored: it may name messages that were not consumed. */
export interface FolderPosition {
  /** Decimal digits; a 32-bit number that `0` is too. */
  readonly uidValidity: string;
  /** A lower UIDNEXT alone is no fault: see `findSetBack`. What bears a UID of ours unseen by it, an audit finds. */
  readonly lastUid: number;
  /**
   * Of the messages up to `sinceUpTo`, those with an INTERNALDATE before this are left alone; ISO 8601, whole
   * seconds. What came into the folder later is read whatever its date: someone may move an old message in.
   */
  readonly since?: string;
  /** The highest UID when the folder was seen first. */
  readonly sinceUpTo?: number;
  /** HIGHESTMODSEQ up to which is told what vanished among the consumed UIDs; only with QRESYNC (RFC 7162). */
  readonly modseq?: string;
  /** It was never read to its end under this UIDVALIDITY: new mail of other folders comes first. */
  readonly backfill?: true;
}

export interface ImapCursor {
  /** The folder that filled the page before, so that the others come first; undefined: none did. */
  readonly at: string | undefined;
  readonly folders: ReadonlyMap<string, FolderPosition>;
}

/** Reads `{"kind":"imap","at":…,"folders":{"INBOX":{"uidValidity":"1","lastUid":2}}}`. Throws InvalidInput. */
export function parseCursor(text: string | undefined): ImapCursor {
  if (text === undefined) return { at: undefined, folders: new Map() };
  const value = parseJson(text);
  if (!isObject(value)) throw unusable();
  const { kind, at, folders } = value;
  if (kind !== 'imap' || (at !== undefined && typeof at !== 'string') || !isObject(folders)) throw unusable();
  const read = new Map<string, FolderPosition>();
  for (const [folder, position] of Object.entries(folders)) read.set(folder, toPosition(position));
  return { at, folders: read };
}

function toPosition(value: unknown): FolderPosition {
  if (!isObject(value)) throw unusable();
  const { uidValidity, lastUid, since, sinceUpTo, modseq, backfill } = value;
  if (!isDigits(uidValidity) || !isUid(lastUid)) throw unusable();
  const position = {
    uidValidity,
    lastUid,
    ...(isDigits(modseq) ? { modseq } : {}),
    ...(backfill === true ? { backfill: true as const } : {}),
  };
  if (modseq !== undefined && !isDigits(modseq)) throw unusable();
  if (since === undefined && sinceUpTo === undefined) return position;
  if (typeof since !== 'string' || Number.isNaN(Date.parse(since)) || !isUid(sinceUpTo)) throw unusable();
  return { ...position, since, sinceUpTo };
}

function isDigits(value: unknown): value is string {
  return typeof value === 'string' && /^\d{1,20}$/.test(value);
}

function isUid(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function unusable(): ServiceError {
  return new ServiceError('InvalidInput', 'The stored position is not one of an IMAP account.', {
    fix: 'Remove the position of this account: all folders are read again and known mail is a duplicate.',
  });
}
