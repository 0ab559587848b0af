/** One-sided 90 %. */
const SIGMAS = 1.2816;

/** How large a share may truly be of which `share` was seen in `n` rows (upper score bound: Wilson, 1927). 0 to 1. */
export function wilsonUpper(share: number, n: number): number {
  const z2 = SIGMAS ** 2 / n;
  const spread = SIGMAS * Math.sqrt((share * (1 - share) + z2 / 4) / n);
  return (share + z2 / 2 + spread) / (1 + z2);
}
