import type { Reason } from '../../../domain/analysis.ts';
import type { Facts } from '../facts/facts.ts';
import { readSentiment } from '../sentiment/read-sentiment.ts';

/** In steps, at the worst mood: enough to lift a message alone only when nearly every word is bitter. */
const MOST = 0.8;
const MOST_WORDS = 3;

/** How much sooner the mood of the writer wants a person, in steps, with the words that show it; good moods hurry nobody. */
export function moodReason(facts: Facts): Reason | undefined {
  const { label, score, reasons } = readSentiment(facts);
  if (label !== 'negative') return undefined;
  const words = reasons
    .filter(({ weight }) => weight < 0)
    .slice(0, MOST_WORDS)
    .map(({ text }) => text);
  return {
    text: `the mood is negative, ${score.toFixed(2)} (${words.join(', ')})`,
    weight: Math.round(MOST * -score * 100) / 100,
  };
}
