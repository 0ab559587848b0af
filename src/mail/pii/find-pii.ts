import type { PiiSpan } from '../../domain/message.ts';
import { findPatterns } from './find-patterns.ts';
import { mergeSpans } from './merge-spans.ts';
import { findNames } from './names/find-names.ts';

const MAX_SPANS = 2000;

/** Personal data in a text: spans in order, none overlapping, at most 2,000. */
export function findPii(text: string): readonly PiiSpan[] {
  const patterns = findPatterns(text);
  return mergeSpans(patterns, findNames(text, patterns)).slice(0, MAX_SPANS);
}
