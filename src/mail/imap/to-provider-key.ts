import { createHash } from 'node:crypto';

const MAX_LENGTH = 300;

/** `folder;uidvalidity;uid` with the folder percent-encoded, so that `;` separates; a hash stands for a long one. */
export function toProviderKey(folder: string, uidValidity: string, uid: number): string {
  // A lone surrogate cannot be encoded; UTF-8 replaces it.
  const utf8 = Buffer.from(folder, 'utf8');
  const key = `${encodeURIComponent(utf8.toString('utf8'))};${uidValidity};${uid}`;
  if (key.length <= MAX_LENGTH) return key;
  return `~${createHash('sha256').update(utf8).digest('hex')};${uidValidity};${uid}`;
}
