/** Expected calibration error: how far confidence is from accuracy, over ten bins of equal width (Guo et al., 2017). */
export function calibrationError(
  confidences: readonly number[],
  right: readonly boolean[],
  bins = 10,
): number {
  const groups = Array.from({ length: bins }, () => ({ rows: 0, right: 0, confidence: 0 }));
  for (const [i, confidence] of confidences.entries()) {
    const group = groups[Math.min(bins - 1, Math.floor(confidence * bins))];
    if (group === undefined) continue;
    group.rows += 1;
    group.right += right[i] === true ? 1 : 0;
    group.confidence += confidence;
  }
  const gap = groups.reduce((sum, g) => sum + Math.abs(g.right - g.confidence), 0);
  return gap / Math.max(1, confidences.length);
}
