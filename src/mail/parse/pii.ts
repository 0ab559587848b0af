import type { PiiSpan } from '../../domain/message.ts';
import { findCards } from './find-cards.ts';
import { findEmails } from './find-emails.ts';
import { findIbans } from './find-ibans.ts';
import { findIps } from './find-ips.ts';
import { findPhones } from './find-phones.ts';

const MAX_SPANS = 2000;

// The surer a kind proves itself (check digits, grammar), the earlier it takes its place.
const FINDERS = [findEmails, findIbans, findCards, findIps, findPhones];

/** Personal data in a text: spans in order, none overlapping, at most 2,000. */
export function findPii(text: string): readonly PiiSpan[] {
  const hasDigits = /\d/.test(text);
  let spans: PiiSpan[] = [];
  for (const find of FINDERS) {
    if (!hasDigits && find !== findEmails) continue;
    spans = merge(spans, find(text));
  }
  return spans.slice(0, MAX_SPANS);
}

/** Both lists are in order; those of `found` that touch a span of `taken` are dropped. */
function merge(taken: readonly PiiSpan[], found: readonly PiiSpan[]): PiiSpan[] {
  const merged: PiiSpan[] = [];
  let next = 0;
  for (const span of found) {
    for (let held = taken[next]; held && held.end <= span.start; held = taken[++next]) merged.push(held);
    const held = taken[next];
    if (!held || held.start >= span.end) merged.push(span);
  }
  return [...merged, ...taken.slice(next)];
}
