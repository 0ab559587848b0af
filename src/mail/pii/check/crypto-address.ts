import { createHash } from 'node:crypto';

const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const BECH32 = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
const GENERATOR = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];

/** Bitcoin addresses: Base58Check (P2PKH, P2SH) and Bech32 or Bech32m (BIP 173, BIP 350). */
export function isBitcoinAddress(value: string): boolean {
  return /^bc1/i.test(value) ? passesBech32(value) : passesBase58Check(value);
}

function passesBase58Check(value: string): boolean {
  let number = 0n;
  for (const char of value) {
    const digit = BASE58.indexOf(char);
    if (digit < 0) return false;
    number = number * 58n + BigInt(digit);
  }
  const bytes = Buffer.from(number.toString(16).padStart(50, '0'), 'hex');
  if (bytes.length !== 25) return false;
  const hash = (data: Buffer) => createHash('sha256').update(data).digest();
  return hash(hash(bytes.subarray(0, 21)))
    .subarray(0, 4)
    .equals(bytes.subarray(21));
}

function passesBech32(value: string): boolean {
  if (value !== value.toLowerCase() && value !== value.toUpperCase()) return false;
  const data = Array.from(value.toLowerCase().slice(3), (char) => BECH32.indexOf(char));
  if (data.includes(-1)) return false;
  let check = 1;
  // 3, 3, 0, 2, 3: the prefix `bc`, expanded.
  for (const part of [3, 3, 0, 2, 3, ...data]) {
    const top = check >>> 25;
    check = ((check & 0x1ffffff) << 5) ^ part;
    for (const [bit, mask] of GENERATOR.entries()) if ((top >>> bit) & 1) check ^= mask;
  }
  return check === 1 || check === 0x2bc830a3;
}
