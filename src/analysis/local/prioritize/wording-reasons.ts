import type { Reason } from '../../../domain/analysis.ts';
import type { Facts, WeighedHit } from '../facts/facts.ts';
import { findDeadline } from './find-deadline.ts';
import { isNegated } from './is-negated.ts';
import { moodReason } from './mood-reason.ts';

/** What moves a priority, in steps. The most that one kind of wording can do. */
const URGENCY = 1;
const SCOPE = 1;
const ANGER = 0.6;
const CALM = -0.8;
const UPSET = 'the writer is upset or was kept waiting';

/** What the wording says about how soon: urgency, deadline, how many are hit, anger; or that it can wait. `base` in steps. */
export function wordingReasons(facts: Facts, base: number): Reason[] {
  const urgent = strongest(facts, 'urgency');
  const negated = urgent !== undefined && isNegated(facts, urgent);
  const calm = strongest(facts, 'calm') ?? (negated ? urgent : undefined);
  const reasons: Reason[] = [];
  const add = (cue: WeighedHit | undefined, most: number, says: string): void => {
    if (cue === undefined) return;
    const weight = Math.min(1, cue.hit.phrase.weight) * most * (cue.fit === 1 ? 1 : 0.7);
    reasons.push({ text: `${says} ("${cue.hit.phrase.text}")`, weight: Math.round(weight * 100) / 100 });
  };
  if (!negated) add(urgent, URGENCY, 'says that it is urgent');
  add(strongest(facts, 'scope'), SCOPE, 'many are hit or work stands still');
  // Anger alone makes nothing urgent; what starts at HIGH has it in its default.
  if (base < 2) {
    add(strongest(facts, 'anger'), ANGER, UPSET);
    addMood(facts, reasons);
  }
  const deadline = findDeadline(facts);
  if (deadline !== undefined) reasons.push({ text: deadline.text, weight: deadlineWeight(deadline.days) });
  if (reasons.length === 0 || negated) add(calm, CALM, 'says that it can wait');
  return reasons;
}

/** Anger and mood are read from the same words: the stronger of the two counts. */
function addMood(facts: Facts, reasons: Reason[]): void {
  const mood = moodReason(facts);
  const anger = reasons.findIndex(({ text }) => text.startsWith(UPSET));
  if (mood === undefined || mood.weight <= (reasons[anger]?.weight ?? 0)) return;
  if (anger >= 0) reasons.splice(anger, 1);
  reasons.push(mood);
}

function deadlineWeight(days: number): number {
  if (days <= 1) return 1;
  if (days <= 3) return 0.6;
  return days <= 7 ? 0.4 : 0.1;
}

/** The weightiest cue of a kind; one that is negated only when there is no other. What follows the closing is not meant. */
function strongest(facts: Facts, id: string): WeighedHit | undefined {
  let best: WeighedHit | undefined;
  let bestWeight = 0;
  for (const cue of facts.cues) {
    const { phrase, word } = cue.hit;
    if (phrase.target.id !== id) continue;
    if (cue.field === 'body' && (facts.body.starts[word] ?? 0) >= facts.letterEnd) continue;
    const weight = phrase.weight * cue.fit * (isNegated(facts, cue) ? 0.01 : 1);
    if (weight > bestWeight) {
      best = cue;
      bestWeight = weight;
    }
  }
  return best;
}
