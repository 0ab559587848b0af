/** Compound files: documents of Office before 2007, and later ones under a password (MS-CFB 2.2). */
const COMPOUND = Buffer.from('d0cf11e0a1b11ae1', 'hex');
const ENTRY_BYTES = 128;
const MACROS = Buffer.from('_VBA_PROJECT', 'utf16le');
const ENCRYPTED = Buffer.from('EncryptedPackage', 'utf16le');
/** Of archives that are listed by nobody here: RAR, 7z, CAB, gzip, bzip2, xz. */
const UNLISTED = ['526172211a07', '377abcaf271c', '4d534346', '1f8b08', '425a68', 'fd377a585a00'].map((hex) =>
  Buffer.from(hex, 'hex'),
);
const ZIP = Buffer.from('PK\x03\x04', 'latin1');
const ZIP_ENTRY = Buffer.from('PK\x01\x02', 'latin1');
const MOST_ENTRIES = 500;

/** What keeps a file from being looked into, or that an old document has macros; undefined for what is open. */
export type Closedness =
  | 'macros'
  | 'document under a password'
  | 'archive under a password'
  | 'unlisted archive';

/** By its bytes, as names lie. Nothing is unpacked; `head` may end before the file does. */
export function findClosedness(head: Uint8Array): Closedness | undefined {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
  const startsWith = (start: Buffer) => bytes.subarray(0, start.length).equals(start);
  if (startsWith(COMPOUND)) {
    if (hasEntry(bytes, MACROS)) return 'macros';
    return hasEntry(bytes, ENCRYPTED) ? 'document under a password' : undefined;
  }
  if (UNLISTED.some(startsWith)) return 'unlisted archive';
  return startsWith(ZIP) && hasEncryptedEntry(bytes) ? 'archive under a password' : undefined;
}

/** The directory lies in sectors of 512 bytes or more, an entry every 128, which its name begins (MS-CFB 2.6). */
function hasEntry(bytes: Buffer, name: Buffer): boolean {
  for (let at = bytes.indexOf(name); at >= 0; at = bytes.indexOf(name, at + 2)) {
    if (at % ENTRY_BYTES === 0) return true;
  }
  return false;
}

/** Bit 0 of the flags (APPNOTE 4.4.4): of the first entry, and of those that the directory names. */
function hasEncryptedEntry(bytes: Buffer): boolean {
  if (((bytes[6] ?? 0) & 1) !== 0) return true;
  let at = bytes.indexOf(ZIP_ENTRY);
  for (let count = 0; at >= 0 && count < MOST_ENTRIES; count += 1) {
    if (((bytes[at + 8] ?? 0) & 1) !== 0) return true;
    at = bytes.indexOf(ZIP_ENTRY, at + 46);
  }
  return false;
}
