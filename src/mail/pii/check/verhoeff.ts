const DIHEDRAL = [
  '0123456789',
  '1234067895',
  '2340178956',
  '3401289567',
  '4012395678',
  '5987604321',
  '6598710432',
  '7659821043',
  '8765932104',
  '9876543210',
];
const PERMUTED = [
  '0123456789',
  '1576283094',
  '5803796142',
  '8916043527',
  '9453126870',
  '4286573901',
  '2793806415',
  '7046913258',
];

/** Verhoeff's check digit over the dihedral group of order 10, the check included. */
export function passesVerhoeff(digits: readonly number[]): boolean {
  let check = 0;
  for (const [i, digit] of digits.toReversed().entries()) {
    const permuted = Number(PERMUTED[i % 8]?.[digit]);
    check = Number(DIHEDRAL[check]?.[permuted]);
  }
  return digits.length > 1 && check === 0;
}
