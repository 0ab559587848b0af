import { addScores } from './add-scores.ts';

/** What the words count is 1; a part of the meaning may say nothing, or all but overrule them. */
const STEPS = [0, 1, 2, 4, 8, 16];

/**
 * How much each part of the meaning counts beside the words, so that most rows held aside come out right, all together
 * and label by label. Tries every combination: 6 of one part, 36 of two.
 */
export function fitWeights(
  words: readonly Float32Array[],
  parts: readonly (readonly Float32Array[])[],
  truth: readonly number[],
): { readonly weights: readonly number[]; readonly scores: readonly Float32Array[] } {
  let choices: readonly (readonly number[])[] = [[]];
  for (const _ of parts) choices = choices.flatMap((known) => STEPS.map((step) => [...known, step]));
  let best = { weights: parts.map(() => 0), scores: words, worth: rate(words, truth) };
  for (const weights of choices) {
    const scores = words.map((own, row) =>
      addScores(
        own,
        parts.map((part, i) => ({ scores: part[row] as Float32Array, weight: weights[i] ?? 0 })),
      ),
    );
    const worth = rate(scores, truth);
    if (worth > best.worth) best = { weights: [...weights], scores, worth };
  }
  return best;
}

/** Accuracy and macro-F1, of which macro-F1 alone would hang on the rarest labels. */
function rate(scores: readonly Float32Array[], truth: readonly number[]): number {
  const labels = scores[0]?.length ?? 0;
  const [hits, named, rows] = [new Int32Array(labels), new Int32Array(labels), new Int32Array(labels)];
  for (const [row, own] of scores.entries()) {
    let top = 0;
    for (let i = 1; i < labels; i++) if ((own[i] as number) > (own[top] as number)) top = i;
    const right = truth[row] as number;
    named[top] = (named[top] as number) + 1;
    rows[right] = (rows[right] as number) + 1;
    if (top === right) hits[top] = (hits[top] as number) + 1;
  }
  const present = [...rows.keys()].filter((label) => rows[label] !== 0);
  const f1 = present.map((label) => (2 * (hits[label] ?? 0)) / ((named[label] ?? 0) + (rows[label] ?? 0)));
  const mean = f1.reduce((sum, one) => sum + one, 0) / Math.max(1, present.length);
  return mean + hits.reduce((sum, one) => sum + one, 0) / Math.max(1, scores.length);
}
