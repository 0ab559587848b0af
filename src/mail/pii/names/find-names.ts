import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PiiSpan } from '../../../domain/message.ts';
import { toFeatures } from './features.ts';
import { joinTitles } from './join-titles.ts';
import { labelListed } from './label-listed.ts';
import { NAME_KINDS } from './labels.ts';
import { type NameModel, readNameModel } from './name-model.ts';
import { settleLines } from './settle-lines.ts';
import { settleSpan } from './settle-span.ts';
import { tagTokens } from './tag-tokens.ts';
import { type Token, toTokens } from './tokens.ts';

/** UTF-16 units that are read for names; the rest of a longer text has patterns only. */
export const NAMES_CAP = 24_000;

let shipped: NameModel | undefined;

/**
 * Names of people, places, streets, organizations, and dates, ages and titles, by a linear model of words in their
 * context. `taken`: spans that a pattern has proved, in order; no name overlaps them.
 */
export function findNames(text: string, taken: readonly PiiSpan[], model = load()): PiiSpan[] {
  const tokens = toTokens(text.slice(0, NAMES_CAP));
  const claimed = claim(tokens, taken);
  const features = toFeatures(tokens, model.gazetteers, claimed);
  const labels = tagTokens(features, model);
  labelListed(tokens, labels, claimed, model.gazetteers);
  const hasCapitals = /\p{Lu}\p{Ll}/u.test(text.slice(0, NAMES_CAP));
  const lines = settleLines(toSpans(tokens, labels, claimed), text, model.gazetteers);
  const spans = lines.flatMap((span) => {
    const settled = settleSpan(span, text, model.gazetteers, hasCapitals);
    return settled !== undefined && isPlausible(settled, text) ? [settled] : [];
  });
  return joinTitles(spans, text);
}

/** 1 for each token that touches a span. */
export function claim(tokens: readonly Token[], taken: readonly PiiSpan[]): Uint8Array {
  const claimed = new Uint8Array(tokens.length);
  let next = 0;
  for (const [i, token] of tokens.entries()) {
    while ((taken[next]?.end ?? Number.POSITIVE_INFINITY) <= token.start) next++;
    if ((taken[next]?.start ?? Number.POSITIVE_INFINITY) < token.end) claimed[i] = 1;
  }
  return claimed;
}

function toSpans(tokens: readonly Token[], labels: Uint8Array, claimed: Uint8Array): PiiSpan[] {
  const spans: PiiSpan[] = [];
  let open: { kind: PiiSpan['kind']; start: number; end: number } | undefined;
  for (const [i, token] of tokens.entries()) {
    const label = claimed[i] === 1 || quotes(token) ? 0 : (labels[i] ?? 0);
    // Only an address goes on over a line break.
    const goesOn = label > 0 && label % 2 === 0 && (token.breaks === 0 || open?.kind === 'address');
    if (open !== undefined && goesOn) open.end = token.end;
    else {
      if (open !== undefined) spans.push(open);
      const kind = label === 0 ? undefined : NAME_KINDS[(label - 1) >> 1];
      open = kind && { kind, start: token.start, end: token.end };
    }
  }
  if (open !== undefined) spans.push(open);
  return spans;
}

/** A sign at the start of a line, which no address goes on over: `>`, `|`, `*`. */
function quotes({ text, breaks }: Token): boolean {
  return breaks > 0 && /^[\p{S}*#?!-]$/u.test(text);
}

// One letter is nobody's name, and no one is 300 years old.
function isPlausible({ kind, start, end }: PiiSpan, text: string): boolean {
  const value = text.slice(start, end);
  if (kind === 'age')
    return /^\p{L}/u.test(value) || (Number.parseInt(value, 10) < 130 && text[start - 1] !== ':');
  return kind === 'address' || kind === 'date' || /\p{L}{2}/u.test(value);
}

function load(): NameModel {
  shipped ??= readNameModel(readFileSync(join(import.meta.dirname, 'name-model.bin')));
  return shipped;
}
