import { deserialize, serialize } from 'node:v8';
import { deflateSync, inflateSync } from 'node:zlib';
import type { LearnedModel } from './learned-model.ts';

/** Raised when the shape of a stored model or the meaning of a gram changes: older ones are then taught anew. */
const FORMAT = 2;

const MOST = 32_767;

interface Stored {
  readonly format: number;
  readonly model: Omit<LearnedModel, 'weights'>;
  /** 16 bits of each weight; a weight is `value * scale`. */
  readonly weights: readonly { readonly scale: number; readonly values: Int16Array }[];
}

/** Bytes for storing; only what was sealed by us is ever decoded. Weights keep four digits. */
export function encodeModel({ weights, ...model }: LearnedModel): Uint8Array {
  const stored: Stored = {
    format: FORMAT,
    model,
    weights: weights.map((own) => {
      const scale = own.reduce((most, weight) => Math.max(most, Math.abs(weight)), 1e-9) / MOST;
      return { scale, values: Int16Array.from(own, (weight) => Math.round(weight / scale)) };
    }),
  };
  return deflateSync(serialize(stored), { level: 1 });
}

/** Undefined when it was stored by a version that counted grams differently. */
export function decodeModel(bytes: Uint8Array): LearnedModel | undefined {
  const { format, model, weights } = deserialize(inflateSync(bytes)) as Stored;
  if (format !== FORMAT) return undefined;
  return {
    ...model,
    weights: weights.map(({ scale, values }) => Float32Array.from(values, (value) => value * scale)),
  };
}
