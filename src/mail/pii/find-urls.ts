import type { PiiSpan } from '../../domain/message.ts';

const URL =
  /(?<![\p{L}\p{N}@.-])(?:https?:\/\/|www\.(?=[^\s.]{1,63}\.[^\s.]))[^\s<>"'()[\]{}|\\^`]{3,500}/giu;

/** Addresses of pages, without the full stop or comma that ends their sentence. */
export function findUrls(text: string): PiiSpan[] {
  const spans: PiiSpan[] = [];
  for (const match of text.matchAll(URL)) {
    const value = match[0].replace(/[.,;:!?]{1,5}$/, '');
    if (/[^/]\.[\p{L}\p{N}-]{2,}/u.test(value)) {
      spans.push({ kind: 'url', start: match.index, end: match.index + value.length });
    }
  }
  return spans;
}
