import type { PiiSpan } from '../../../domain/message.ts';
import type { Gazetteer } from './gazetteer.ts';
import { isListed, LIST } from './is-listed.ts';

/** A line with a house number and a street: `65 Alt Reinickendorf`. A number of five digits goes with a town. */
const STREET_LINE = /^\d{1,4}(?: \d{1,5})? \p{L}|^\d{1,5} \d{1,4} \p{L}/u;
const LINE_GAP = /^[^\S\n]{0,4}\n[^\p{L}\p{N}]{0,8}$/u;

/**
 * In a block of lines, what stands between somebody's name and the street is whose it is: a firm, whatever the model took it
 * for. So is a second line of a name that no first name begins.
 */
export function settleLines(
  spans: readonly PiiSpan[],
  text: string,
  gazetteers: readonly Gazetteer[],
): PiiSpan[] {
  const settled = spans.flatMap((span) => cutOwner(span, text));
  for (let i = 0; i < settled.length; i++) {
    const [above, span, below] = [settled[i - 1], settled[i] as PiiSpan, settled[i + 1]];
    if (/^(?:organization|date|age)$/.test(span.kind)) continue;
    const isUnderPerson = above?.kind === 'person' && isNextLine(above, span, text);
    const isOverStreet = below !== undefined && isNextLine(span, below, text) && isStreet(below, text);
    const value = text.slice(span.start, span.end);
    if (/\d/.test(value) || begins(value, gazetteers)) continue;
    const isOwner = isOverStreet && (isUnderPerson || span.kind === 'location');
    if (isOwner || (isUnderPerson && span.kind === 'person')) settled[i] = { ...span, kind: 'organization' };
  }
  return settled;
}

/** An address begins with the line that has the number of the house. */
function cutOwner(span: PiiSpan, text: string): PiiSpan[] {
  if (span.kind !== 'address') return [span];
  const value = text.slice(span.start, span.end);
  const at = value.indexOf('\n');
  if (at < 0 || /\d/.test(value.slice(0, at))) return [span];
  const street = at + value.slice(at).search(/[\p{L}\p{N}]/u);
  if (street < at || !STREET_LINE.test(value.slice(street, street + 14))) return [span];
  const owner = value.slice(0, at).trimEnd();
  return [
    { ...span, kind: 'organization', end: span.start + owner.length },
    { ...span, start: span.start + street },
  ];
}

function isNextLine(above: PiiSpan, below: PiiSpan, text: string): boolean {
  return below.start - above.end < 16 && LINE_GAP.test(text.slice(above.end, below.start));
}

function isStreet({ kind, start }: PiiSpan, text: string): boolean {
  return (kind === 'address' || kind === 'location') && STREET_LINE.test(text.slice(start, start + 14));
}

function begins(value: string, gazetteers: readonly Gazetteer[]): boolean {
  return isListed(/^[\p{L}\p{M}]{1,60}/u.exec(value)?.[0] ?? '', gazetteers, LIST.first);
}
