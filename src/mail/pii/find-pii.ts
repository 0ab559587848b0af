import type { PiiSpan } from '../../domain/message.ts';
import { findPatterns } from './find-patterns.ts';
import { mergeSpans } from './merge-spans.ts';
import { findNames } from './names/find-names.ts';

/** Personal data in a text: spans in order, none overlapping. Names only in its first `NAMES_CAP` UTF-16 units. */
export function findPii(text: string): readonly PiiSpan[] {
  const patterns = findPatterns(text);
  return mergeSpans(patterns, findNames(text, patterns));
}
