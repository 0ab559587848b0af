export interface LabelScores {
  readonly macroF1: number;
  readonly accuracy: number;
  readonly byLabel: Readonly<Record<string, { precision: number; recall: number; f1: number; rows: number }>>;
}

/** Unweighted mean of the F1 of every label that the truth or a prediction names, as in scikit-learn. */
export function scoreLabels(truth: readonly string[], predicted: readonly string[]): LabelScores {
  const labels = [...new Set([...truth, ...predicted])].sort();
  const byLabel: Record<string, { precision: number; recall: number; f1: number; rows: number }> = {};
  for (const label of labels) {
    const hits = truth.filter((value, i) => value === label && predicted[i] === label).length;
    const rows = truth.filter((value) => value === label).length;
    const named = predicted.filter((value) => value === label).length;
    const precision = named === 0 ? 0 : hits / named;
    const recall = rows === 0 ? 0 : hits / rows;
    const f1 = hits === 0 ? 0 : (2 * precision * recall) / (precision + recall);
    byLabel[label] = { precision, recall, f1, rows };
  }
  const sum = Object.values(byLabel).reduce((total, { f1 }) => total + f1, 0);
  const right = truth.filter((value, i) => value === predicted[i]).length;
  return { macroF1: sum / Math.max(1, labels.length), accuracy: right / Math.max(1, truth.length), byLabel };
}
