const whole = new Intl.NumberFormat();
const short = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 });

/** Grouped; one decimal only where it tells something. */
export function formatNumber(value: number): string {
  return Math.abs(value) < 10 && !Number.isInteger(value)
    ? short.format(value)
    : whole.format(Math.round(value));
}
