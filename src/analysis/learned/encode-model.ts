import { deserialize, serialize } from 'node:v8';
import { deflateSync, inflateSync } from 'node:zlib';
import type { LearnedModel } from './learned-model.ts';

/** Raised when the shape of a stored model or the meaning of a gram changes: older ones are then taught anew. */
const FORMAT = 1;

/** Bytes for storing; only what was sealed by us is ever decoded. */
export function encodeModel(model: LearnedModel): Uint8Array {
  return deflateSync(serialize({ format: FORMAT, model }), { level: 1 });
}

/** Undefined when it was stored by a version that counted grams differently. */
export function decodeModel(bytes: Uint8Array): LearnedModel | undefined {
  const { format, model } = deserialize(inflateSync(bytes)) as { format: number; model: LearnedModel };
  return format === FORMAT ? model : undefined;
}
