const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'long' });

export function formatInstant(instant: Date): string {
  return full.format(instant);
}
