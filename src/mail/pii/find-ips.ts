import { isIP } from 'node:net';
import type { PiiSpan } from '../../domain/message.ts';
import { mergeSpans } from './merge-spans.ts';

const V4 = /(?<![\d.\p{L}-])\d{1,3}(?:\.\d{1,3}){3}(?:\/\d{1,3})?(?![\d\p{L}]|\.\d)/gu;
const V6 = /(?<![\p{L}\p{N}:.])[0-9a-f:]{2,39}(?:\.\d{1,3}){0,3}(?:\/\d{1,3})?(?![\p{L}\p{N}:])/giu;
const VERSION = /(?:version|release|build|firmware|\bv)\.?:?\s{0,3}$/i;

/** IPv4 addresses that no version word precedes, and IPv6 addresses; with the length of their network where it is given. */
export function findIps(text: string): PiiSpan[] {
  const spans = text.includes('::') || /:[0-9a-f]{1,4}:/i.test(text) ? findV6(text) : [];
  const found = Array.from(text.matchAll(V4)).filter(({ 0: value, index }) => {
    const before = text.slice(Math.max(0, index - 12), index);
    return isIP(value.replace(/\/.*/, '')) === 4 && !VERSION.test(before);
  });
  return mergeSpans(
    spans,
    found.map(({ 0: value, index }) => ({ kind: 'ip', start: index, end: index + value.length })),
  );
}

function findV6(text: string): PiiSpan[] {
  return Array.from(text.matchAll(V6))
    .filter(({ 0: value }) => {
      // `::` alone is punctuation, and clock times are no addresses of anyone.
      return value.length > 2 && isIP(value.replace(/\/.*/, '')) === 6;
    })
    .map(({ 0: value, index }) => ({ kind: 'ip', start: index, end: index + value.length }));
}
