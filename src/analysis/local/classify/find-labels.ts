import { FALLBACK_CATEGORY } from '../../../domain/taxonomy.ts';
import type { Facts } from '../facts/facts.ts';
import { scoreSignals } from './score-signals.ts';

/** A category is a label when its words alone would have beaten "something else". */
const LEAST_SCORE = 1.8;
const OTHER_SCORE = 1.4;
const TEMPERATURE = 1.5;
const MOST = 3;
/** What kind of mail it is, not what it wants: a mail is that as a whole, or not at all. */
const KINDS: ReadonlySet<string> = new Set(
  'newsletter notification auto-reply bounce spam phishing'.split(' '),
);

export interface Label {
  readonly category: string;
  /** 0 to 1. */
  readonly confidence: number;
}

/** The further things that a message wants besides `chosen`, by what it says itself; surest first. */
export function findLabels(facts: Facts, chosen: string, known: ReadonlySet<string>): Label[] {
  if (KINDS.has(chosen) || facts.automatic !== 'person') return [];
  const scores = new Map<string, number>();
  for (const { category, weight } of scoreSignals(facts)) {
    scores.set(category, (scores.get(category) ?? 0) + weight);
  }
  return [...scores]
    .filter(([id, score]) => score >= LEAST_SCORE && known.has(id) && !KINDS.has(id))
    .filter(([id]) => id !== chosen && id !== FALLBACK_CATEGORY)
    .map(([category, score]) => ({ category, confidence: toShare(score) }))
    .sort((a, b) => b.confidence - a.confidence || (a.category < b.category ? -1 : 1))
    .slice(0, MOST);
}

/** Its softmax share against "something else", as the confidence of the category is. */
function toShare(score: number): number {
  return Math.round(1000 / (1 + Math.exp((OTHER_SCORE - score) / TEMPERATURE))) / 1000;
}
