import type { ImapCursor } from './parse-cursor.ts';

/** The string that `parseCursor` reads. */
export function formatCursor(cursor: ImapCursor): string {
  return JSON.stringify({ kind: 'imap', at: cursor.at, folders: Object.fromEntries(cursor.folders) });
}
