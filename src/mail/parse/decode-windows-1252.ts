// The 32 letters that windows-1252 has and ISO-8859-1 has not, 0x80 to 0x9f; unassigned ones stay as they are.
const HIGH = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/**
 * Decodes windows-1252, which is also what ISO-8859-1 means in mail (WHATWG Encoding). Ours, because TextDecoder of
 * Node 20 leaves 0x80-0x9f as control characters: no euro sign and no curly quotes.
 */
export function decodeWindows1252(bytes: Uint8Array): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  return text.replace(/[\u0080-\u009f]/g, (char) => HIGH[char.charCodeAt(0) - 0x80] ?? char);
}
