/** One attribute of a TNEF stream (MS-OXTNEF 2.1.3). */
export interface TnefAttribute {
  /** 1: of the message, 2: of the attachment that the latest `attAttachRendData` began. */
  readonly level: number;
  /** Without the type of its data, which some writers leave out. */
  readonly id: number;
  readonly data: Buffer;
}

/** A TNEF stream as far as it goes. */
export interface TnefStream {
  readonly attributes: readonly TnefAttribute[];
  /** It ends within an attribute, whose data are what there is of them. */
  readonly cut: boolean;
}

const SIGNATURE = 0x223e9f78;
const MAX_ATTRIBUTES = 5000;

/** Undefined for bytes that are no TNEF. */
export function readTnefAttributes(bytes: Buffer): TnefStream | undefined {
  if (bytes.length < 6 || bytes.readUInt32LE(0) !== SIGNATURE) return undefined;
  const attributes: TnefAttribute[] = [];
  let pos = 6;
  let cut = false;
  // Level, id and length before the data, a checksum of 2 bytes behind it, which nobody checks.
  while (pos + 9 <= bytes.length && attributes.length < MAX_ATTRIBUTES) {
    const start = pos + 9;
    const length = bytes.readUInt32LE(pos + 5);
    cut = start + length > bytes.length;
    const data = bytes.subarray(start, Math.min(bytes.length, start + length));
    attributes.push({ level: bytes[pos] ?? 0, id: bytes.readUInt16LE(pos + 1), data });
    pos = start + length + 2;
  }
  // What is left is too short for an attribute; other than a level it is padding.
  const rest = bytes[pos];
  return { attributes, cut: cut || pos === 6 || rest === 1 || rest === 2 };
}
