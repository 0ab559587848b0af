import { addressParser } from 'postal-mime';
import type { Address, ForwardedFrom } from '../../../domain/message.ts';
import { cleanLine } from '../clean-line.ts';
import { createHeaderCopyFinder, type HeaderCopyFinder } from './find-header-copy.ts';
import { FORWARDED_MESSAGE } from './separator-words.ts';

const MAX_LOOK_AHEAD = 6;
const MAX_SEARCHED = 20_000;
const MAX_SUBJECT_CHARS = 1000;
const ADDRESS = /[^\s@<>"'()[\]:;,]{1,64}@[^\s@<>"'()[\]:;,]{1,255}/;

/**
 * The inner sender of a forward: below a forward's own line, or from the first copied header when the subject says that it
 * is one. Undefined when there is none, or when it names no address.
 */
export function findForward(lines: readonly string[], isForward: boolean): ForwardedFrom | undefined {
  let headers: HeaderCopyFinder | undefined;
  for (let i = 0; i < Math.min(lines.length, MAX_SEARCHED); i++) {
    const marker = FORWARDED_MESSAGE.test((lines[i] ?? '').slice(0, 120));
    if (!marker && !isForward) continue;
    const reach = marker ? MAX_LOOK_AHEAD : 1;
    for (let n = i; n < Math.min(lines.length, i + reach); n++) {
      headers ??= createHeaderCopyFinder(lines.map(unquote));
      const header = headers.readAt(n, marker);
      const from = header && toAddress(header.get('from') ?? '');
      if (header && from) {
        return { ...from, subject: cleanLine(header.get('subject') ?? '', MAX_SUBJECT_CHARS) };
      }
    }
    if (marker) return undefined;
  }
  return undefined;
}

// Apple Mail forwards within quote marks.
function unquote(line: string): string {
  return line.replace(/^\s{0,3}(?:>\s?){1,5}/, '');
}

function toAddress(value: string): Address | undefined {
  const plain = value
    .slice(0, 400)
    .replace(/\[?mailto:/gi, ' ')
    .replaceAll('*', ' ');
  const found = ADDRESS.exec(plain);
  if (!found) return undefined;
  const address = found[0].toLowerCase().replace(/\.$/, '');
  const named = addressParser(
    plain
      .slice(0, found.index)
      .replace(/[<[(]\s{0,3}$/, '')
      .trim() || address,
  )[0];
  const name = cleanLine((named?.name ?? '').replace(/^["']|["']$/g, ''), 320);
  return { name, address };
}
