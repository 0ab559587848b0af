import { ServiceError } from '../../domain/service-error.ts';

/** How far one folder was read. UIDNEXT is never stored: it may name messages that were not consumed. */
export interface FolderPosition {
  /** Decimal digits; a 32-bit number that `0` is too. */
  readonly uidValidity: string;
  readonly lastUid: number;
}

export interface ImapCursor {
  /** The folder at which the next page begins; undefined: the first. */
  readonly at: string | undefined;
  readonly folders: ReadonlyMap<string, FolderPosition>;
}

/** Reads `{"kind":"imap","at":…,"folders":{"INBOX":{"uidValidity":"1","lastUid":2}}}`. Throws InvalidInput. */
export function parseCursor(text: string | undefined): ImapCursor {
  if (text === undefined) return { at: undefined, folders: new Map() };
  const { kind, at, folders } = parseObject(text);
  if (kind !== 'imap' || (at !== undefined && typeof at !== 'string') || !isObject(folders)) throw unusable();
  const read = new Map<string, FolderPosition>();
  for (const [folder, position] of Object.entries(folders)) {
    if (!isPosition(position)) throw unusable();
    read.set(folder, { uidValidity: position.uidValidity, lastUid: position.lastUid });
  }
  return { at, folders: read };
}

function parseObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (isObject(value)) return value;
  } catch {
    throw unusable();
  }
  throw unusable();
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isPosition(value: unknown): value is FolderPosition {
  if (!isObject(value)) return false;
  const { uidValidity, lastUid } = value;
  return (
    typeof uidValidity === 'string' &&
    /^\d{1,20}$/.test(uidValidity) &&
    Number.isSafeInteger(lastUid) &&
    (lastUid as number) >= 0
  );
}

function unusable(): ServiceError {
  return new ServiceError('InvalidInput', 'The stored position is not one of an IMAP account.', {
    fix: 'Remove the position of this account: all folders are read again and known mail is a duplicate.',
  });
}
