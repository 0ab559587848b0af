/** A byte of a name that is not UTF-8, as a lone low surrogate: no valid name has one, and it leads back to the byte. */
const BYTE = /[\udc80-\udcff]/u;
const BYTES = new RegExp(BYTE, 'gu');
const FIRST = 0xdc00;

/** A name as the disk holds it to text, without loss: two names never become the same text. */
export function fromDiskName(name: Buffer): string {
  const text = name.toString('utf8');
  if (!text.includes('\ufffd') || Buffer.from(text).equals(name)) return text;
  return Array.from(name, (byte) => String.fromCharCode(byte < 0x80 ? byte : FIRST + byte)).join('');
}

export function isUtf8Name(name: string): boolean {
  return !BYTE.test(name);
}

/** Back to what the disk knows the file by. */
export function toDiskPath(path: string): string | Buffer {
  if (isUtf8Name(path)) return path;
  const parts = Array.from(path, (sign) =>
    BYTE.test(sign) ? Buffer.of(sign.charCodeAt(0) - FIRST) : Buffer.from(sign),
  );
  return Buffer.concat(parts);
}

/** For a person: `caf\xe9.eml`. */
export function toPrintableName(name: string): string {
  return name.replace(BYTES, (sign) => `\\x${(sign.charCodeAt(0) - FIRST).toString(16)}`);
}
