/** A MAPI property by its id (MS-OXPROPS); of a property with many values the first. */
export interface TnefProperty {
  readonly type: number;
  readonly data: Buffer;
}

const MULTIPLE = 0x1000;
const NAMED = 0x8000;
const MAX_PROPERTIES = 2000;
/** Bytes of types of fixed size, padded to four (MS-OXTNEF 2.1.3.4); others carry their length. */
const SIZES: ReadonlyMap<number, number> = new Map([
  [0x02, 4],
  [0x03, 4],
  [0x04, 4],
  [0x05, 8],
  [0x06, 8],
  [0x07, 8],
  [0x0a, 4],
  [0x0b, 4],
  [0x14, 8],
  [0x40, 8],
  [0x48, 16],
]);
const VARIABLE = new Set([0x0d, 0x1e, 0x1f, 0x102]);

/** Reads an encapsulated property list (MS-OXTNEF 2.1.3.4), up to the first thing that does not fit. */
export function readTnefProperties(data: Buffer): ReadonlyMap<number, TnefProperty> {
  const found = new Map<number, TnefProperty>();
  if (data.length < 4) return found;
  const count = Math.min(data.readUInt32LE(0), MAX_PROPERTIES);
  let pos = 4;
  for (let i = 0; i < count && pos + 4 <= data.length; i++) {
    const type = data.readUInt16LE(pos);
    const id = data.readUInt16LE(pos + 2);
    const start = id >= NAMED ? skipName(data, pos + 4) : pos + 4;
    const value = start === undefined ? undefined : readValue(data, start, type);
    if (value === undefined) break;
    if (!found.has(id)) found.set(id, { type: type & ~MULTIPLE, data: value.first });
    pos = value.next;
  }
  return found;
}

/** Past the set and the number or the name of a named property. */
function skipName(data: Buffer, pos: number): number | undefined {
  if (pos + 24 > data.length) return undefined;
  if (data.readUInt32LE(pos + 16) === 0) return pos + 24;
  return pos + 24 + pad(data.readUInt32LE(pos + 20));
}

function readValue(data: Buffer, start: number, type: number): { first: Buffer; next: number } | undefined {
  const kind = type & ~MULTIPLE;
  const size = SIZES.get(kind);
  if (size === undefined && !VARIABLE.has(kind)) return undefined;
  const isCounted = size === undefined || (type & MULTIPLE) !== 0;
  if (isCounted && start + 4 > data.length) return undefined;
  const count = isCounted ? data.readUInt32LE(start) : 1;
  let pos = isCounted ? start + 4 : start;
  let first: Buffer = data.subarray(0, 0);
  for (let i = 0; i < count; i++) {
    if (pos + 4 > data.length) return undefined;
    const length = size ?? data.readUInt32LE(pos);
    const from = size === undefined ? pos + 4 : pos;
    if (from + length > data.length) return undefined;
    if (i === 0) first = data.subarray(from, from + length);
    pos = from + pad(length);
  }
  return { first, next: pos };
}

function pad(length: number): number {
  return Math.ceil(length / 4) * 4;
}
