/** The scores of the words and, by their weights, those of the parts of the meaning. */
export function addScores(
  words: Float32Array,
  parts: readonly { readonly scores: Float32Array; readonly weight: number }[],
): Float32Array {
  return words.map((own, label) =>
    parts.reduce((sum, { scores, weight }) => sum + weight * (scores[label] as number), own),
  );
}
