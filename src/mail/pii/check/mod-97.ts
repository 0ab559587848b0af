/** ISO 7064 MOD 97-10 over letters and digits: IBANs move their first four characters to the end, LEIs none. */
export function passesMod97(value: string, moved = 4): boolean {
  let rest = 0;
  for (const char of value.slice(moved) + value.slice(0, moved)) {
    const digit = Number.parseInt(char, 36);
    rest = (rest * (digit > 9 ? 100 : 10) + digit) % 97;
  }
  return rest === 1;
}
