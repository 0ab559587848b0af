import { inflateRawSync } from 'node:zlib';
import type { AttachmentLimits } from './attachment-limits.ts';
import { Unreadable } from './unreadable.ts';

const END = 0x06054b50;
const DIRECTORY = 0x02014b50;
const LOCAL = 0x04034b50;
const END_BYTES = 22;
/** The comment after the end record may have 65,535 bytes (APPNOTE 4.3.16). */
const END_SEARCH = END_BYTES + 65_535;
const ZIP64 = 0xffffffff;

interface Entry {
  readonly method: number;
  readonly packed: number;
  readonly unpacked: number;
  readonly offset: number;
}

/**
 * Throws `Unreadable` for a ZIP (DOCX, XLSX) that is broken, encrypted or unpacks to more than the limits. First the
 * sizes that its directory declares, then those that inflating gives: a lying directory stops at what it declared.
 */
export function assertZipFits(
  bytes: Uint8Array,
  limits: Pick<AttachmentLimits, 'maxZipEntries' | 'maxUnpackedBytes'>,
): void {
  const zip = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries = readDirectory(zip, limits.maxZipEntries);
  const declared = entries.reduce((sum, { unpacked }) => sum + unpacked, 0);
  if (declared > limits.maxUnpackedBytes) throw tooLarge(limits.maxUnpackedBytes);
  // Entries that share their bytes unpack to far more than the file holds (Fifield, 2019).
  if (entries.reduce((sum, { packed }) => sum + packed, 0) > zip.length) {
    throw new Unreadable('its entries overlap, as in a zip bomb');
  }
  for (const entry of entries) assertEntryFits(zip, entry);
}

function readDirectory(zip: Buffer, maxEntries: number): Entry[] {
  const end = findEnd(zip);
  const count = zip.readUInt16LE(end + 10);
  if (count > maxEntries) throw new Unreadable(`over ${maxEntries} entries in the file`);
  let at = zip.readUInt32LE(end + 16);
  const entries: Entry[] = [];
  while (entries.length < count) {
    if (at + 46 > zip.length || zip.readUInt32LE(at) !== DIRECTORY) throw broken();
    if ((zip.readUInt16LE(at + 8) & 1) !== 0) throw new Unreadable('encrypted');
    const entry = {
      method: zip.readUInt16LE(at + 10),
      packed: zip.readUInt32LE(at + 20),
      unpacked: zip.readUInt32LE(at + 24),
      offset: zip.readUInt32LE(at + 42),
    };
    if (entry.packed === ZIP64 || entry.unpacked === ZIP64 || entry.offset === ZIP64) throw broken();
    entries.push(entry);
    at += 46 + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return entries;
}

function findEnd(zip: Buffer): number {
  for (let at = zip.length - END_BYTES; at >= Math.max(0, zip.length - END_SEARCH); at--) {
    if (zip.readUInt32LE(at) === END) return at;
  }
  throw broken();
}

function assertEntryFits(zip: Buffer, { method, packed, unpacked, offset }: Entry): void {
  if (offset + 30 > zip.length || zip.readUInt32LE(offset) !== LOCAL) throw broken();
  const start = offset + 30 + zip.readUInt16LE(offset + 26) + zip.readUInt16LE(offset + 28);
  if (start + packed > zip.length) throw broken();
  if (method === 0) {
    if (packed !== unpacked) throw broken();
    return;
  }
  if (method !== 8) throw new Unreadable('packed in a way that is not read');
  if (packed === 0) return;
  try {
    // One more than declared, for zlib refuses an output limit of 0.
    const found = inflateRawSync(zip.subarray(start, start + packed), { maxOutputLength: unpacked + 1 });
    if (found.length > unpacked) throw broken();
  } catch (error) {
    if (error instanceof Unreadable) throw error;
    const isMore = error instanceof RangeError;
    throw isMore ? new Unreadable('unpacks to more than it declares, as a zip bomb') : broken();
  }
}

function tooLarge(most: number): Unreadable {
  return new Unreadable(`unpacks to over ${most} bytes`);
}

function broken(): Unreadable {
  return new Unreadable('broken: not a whole file');
}
