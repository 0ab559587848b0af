/**
 * The value of a number as written: `1.234,56`, `1,234.56`, `1'234.50`, `1 234,5`. The last mark is the decimal one,
 * unless three digits follow it (money has two) or it stands more than once.
 */
export function parseAmount(written: string): number {
  const marks = [...written.matchAll(/[.,]/g)];
  const last = marks.at(-1);
  if (last === undefined) return Number(written.replace(/\D/g, ''));
  const decimals = written.slice(last.index + 1);
  const isRepeated = marks.length > 1 && marks.every(([mark]) => mark === last[0]);
  if (isRepeated || decimals.length > 2) return Number(written.replace(/\D/g, ''));
  const whole = written.slice(0, last.index).replace(/\D/g, '');
  return Number(`${whole === '' ? '0' : whole}.${decimals === '' ? '0' : decimals}`);
}
