const unit = (name: string) =>
  new Intl.NumberFormat(undefined, {
    style: 'unit',
    unit: name,
    unitDisplay: 'narrow',
    maximumFractionDigits: 0,
  });
const seconds = unit('second');
const minutes = unit('minute');
const hours = unit('hour');

/** Two units at most: `42s`, `3m 20s`, `2h 5m`. */
export function formatDuration(totalSeconds: number): string {
  const whole = Math.max(0, Math.round(totalSeconds));
  if (whole < 60) return seconds.format(whole);
  if (whole < 3600) return join(minutes.format(Math.floor(whole / 60)), whole % 60, seconds);
  return join(hours.format(Math.floor(whole / 3600)), Math.floor((whole % 3600) / 60), minutes);
}

function join(first: string, rest: number, format: Intl.NumberFormat): string {
  return rest === 0 ? first : `${first} ${format.format(rest)}`;
}
