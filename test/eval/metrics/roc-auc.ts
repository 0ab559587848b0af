/** Area under the ROC curve (Mann-Whitney): how often a positive scores above a negative; ties count half. */
export function rocAuc(scores: readonly number[], positive: readonly boolean[]): number {
  const order = scores
    .map((score, i) => ({ score, positive: positive[i] === true }))
    .sort((a, b) => a.score - b.score);
  let rankSum = 0;
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to < order.length && order[to]?.score === order[from]?.score) to += 1;
    const rank = (from + 1 + to) / 2;
    for (const row of order.slice(from, to)) if (row.positive) rankSum += rank;
    from = to;
  }
  const positives = order.filter((row) => row.positive).length;
  const negatives = order.length - positives;
  if (positives === 0 || negatives === 0) return Number.NaN;
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
}
