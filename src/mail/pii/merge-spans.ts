import type { PiiSpan } from '../../domain/message.ts';

/** Both lists are in order; those of `found` that touch a span of `taken` are dropped. */
export function mergeSpans(taken: readonly PiiSpan[], found: readonly PiiSpan[]): PiiSpan[] {
  const merged: PiiSpan[] = [];
  let next = 0;
  for (const span of found) {
    for (let held = taken[next]; held && held.end <= span.start; held = taken[++next]) merged.push(held);
    const held = taken[next];
    if ((!held || held.start >= span.end) && (merged.at(-1)?.end ?? 0) <= span.start) merged.push(span);
  }
  return [...merged, ...taken.slice(next)];
}
