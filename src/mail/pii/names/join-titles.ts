import type { PiiSpan } from '../../../domain/message.ts';

const SUFFIX = /^(?:Jr|Sr|PhD|Ph\.D|MD|M\.D|II|III|IV|DDS|DVM|Esq|MBA)\.?$/;
const GAP = /^,?[ \u00a0]{1,2}$/;

/** A title before a whole name, or after it, is part of the name; one before a last name stands by itself: `Mrs. Lind`. */
export function joinTitles(spans: readonly PiiSpan[], text: string): PiiSpan[] {
  const joined: PiiSpan[] = [];
  for (const span of spans) {
    const last = joined.at(-1);
    if (last === undefined || !GAP.test(text.slice(last.end, span.start))) {
      joined.push(span);
    } else if (last.kind === 'title' && span.kind === 'person' && isWhole(text.slice(span.start, span.end))) {
      joined[joined.length - 1] = { ...span, start: last.start };
    } else if (last.kind === 'person' && SUFFIX.test(text.slice(span.start, span.end))) {
      joined[joined.length - 1] = { ...last, end: span.end };
    } else joined.push(span);
  }
  return joined;
}

function isWhole(name: string): boolean {
  return /\p{L}[ \u00a0]+\p{L}/u.test(name);
}
