/** The digits of a value, separators left out. */
export function digitsOf(value: string): number[] {
  return Array.from(value.replace(/\D/g, ''), Number);
}

/** Sum of each digit times its weight; weights repeat. */
export function weigh(digits: readonly number[], weights: readonly number[]): number {
  return digits.reduce((sum, digit, i) => sum + digit * (weights[i % weights.length] ?? 0), 0);
}

/** ISO/IEC 7812-1 annex B. */
export function passesLuhn(value: string): boolean {
  const digits = digitsOf(value).reverse();
  const sum = digits.reduce((total, digit, i) => {
    const doubled = i % 2 === 1 ? digit * 2 : digit;
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return digits.length > 1 && sum % 10 === 0;
}

/** ISO 7064 MOD 11,10, as in German tax ids and Croatian OIBs. */
export function passesMod1110(value: string): boolean {
  const digits = digitsOf(value);
  const check = digits.pop();
  const product = digits.reduce((rest, digit) => (((rest + digit) % 10 || 10) * 2) % 11, 10);
  return check === (11 - product) % 10;
}

/** Check digit of machine-readable documents: weights 7, 3, 1, letters from A = 10 (ICAO 9303). */
export function passesIcao(value: string): boolean {
  const values = Array.from(value.toUpperCase(), (char) => Number.parseInt(char, 36));
  const check = values.pop();
  return weigh(values, [7, 3, 1]) % 10 === check;
}

/** True for 1111…, which many checksums let pass and no register hands out. */
export function isOneDigit(value: string): boolean {
  return new Set(digitsOf(value)).size === 1;
}
