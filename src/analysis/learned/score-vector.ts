import type { LearnedModel } from './learned-model.ts';
import type { SparseVector } from './vocabulary.ts';

/** The raw score of every label. */
export function scoreVector(
  { places, values }: SparseVector,
  { weights, biases }: Pick<LearnedModel, 'weights' | 'biases'>,
): Float32Array {
  return biases.map((bias, label) => {
    const own = weights[label] as Float32Array;
    let score = bias;
    for (let i = 0; i < places.length; i++)
      score += (own[places[i] as number] as number) * (values[i] as number);
    return score;
  });
}
