import { isIP } from 'node:net';
import type { PiiSpan } from '../../domain/message.ts';

const V4 = /(?<![\d.\p{L}-])\d{1,3}(?:\.\d{1,3}){3}(?![\d\p{L}]|\.\d)/gu;
const V6 = /(?<![\p{L}\p{N}:.])[0-9a-f:]{2,39}(?![\p{L}\p{N}:])/giu;
const VERSION = /(?:version|release|build|firmware|\bv)\.?:?\s{0,3}$/i;

/** IPv4 addresses that no version word precedes, and IPv6 addresses. */
export function findIps(text: string): PiiSpan[] {
  const spans: PiiSpan[] = [];
  for (const match of text.matchAll(V4)) {
    const before = text.slice(Math.max(0, match.index - 12), match.index);
    if (isIP(match[0]) === 4 && !VERSION.test(before)) spans.push(toSpan(match.index, match[0]));
  }
  if (!text.includes(':')) return spans;
  for (const match of text.matchAll(V6)) {
    // `::` alone and clock times are no addresses of anyone.
    if (match[0].length > 6 && isIP(match[0]) === 6) spans.push(toSpan(match.index, match[0]));
  }
  return spans.sort((a, b) => a.start - b.start);
}

function toSpan(start: number, value: string): PiiSpan {
  return { kind: 'ip', start, end: start + value.length };
}
