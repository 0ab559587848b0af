const signed = new Intl.NumberFormat(undefined, { signDisplay: 'exceptZero', maximumFractionDigits: 2 });

export function formatWeight(weight: number): string {
  return signed.format(weight);
}
