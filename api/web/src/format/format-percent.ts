const percent = new Intl.NumberFormat(undefined, { style: 'percent' });

/** `share` is 0 to 1. */
export function formatPercent(share: number): string {
  return percent.format(share);
}
