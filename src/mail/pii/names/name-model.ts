import { gunzipSync, gzipSync } from 'node:zlib';
import { createGazetteer, type Gazetteer } from './gazetteer.ts';
import { LABELS } from './labels.ts';
import { packRows } from './packed-rows.ts';

/** Lists of names, and one row of weights for each bucket of hashed features: `buckets` (a power of two) times `LABELS`. */
export interface NameModel {
  readonly gazetteers: readonly Gazetteer[];
  readonly buckets: number;
  readonly weights: Int8Array;
  /** The weights again, as `packRows` lays them out. */
  readonly packed: Uint32Array;
}

/** Layout: u8 count of gazetteers; of each u32 bytes and the bytes; u32 buckets; the weights. All of it gzipped. */
export function readNameModel(file: Uint8Array): NameModel {
  const data = gunzipSync(file, { maxOutputLength: 16 * 1024 * 1024 });
  const gazetteers: Gazetteer[] = [];
  let at = 1;
  for (let i = 0; i < (data[0] ?? 0); i++) {
    const length = data.readUInt32LE(at);
    gazetteers.push(createGazetteer(data.subarray(at + 4, at + 4 + length)));
    at += 4 + length;
  }
  const buckets = data.readUInt32LE(at);
  if ((buckets & (buckets - 1)) !== 0) throw new RangeError('the model of names is damaged');
  const weights = new Int8Array(data.buffer, data.byteOffset + at + 4, buckets * LABELS);
  return { gazetteers, buckets, weights, packed: packRows(weights) };
}

export function writeNameModel({ gazetteers, buckets, weights }: Omit<NameModel, 'packed'>): Uint8Array {
  const number = (value: number) => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32LE(value);
    return bytes;
  };
  const lists = gazetteers.flatMap(({ bits }) => [number(bits.length), bits]);
  const body = [Buffer.of(gazetteers.length), ...lists, number(buckets), new Uint8Array(weights.buffer)];
  return gzipSync(Buffer.concat(body), { level: 9 });
}
