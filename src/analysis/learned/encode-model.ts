import { deserialize, serialize } from 'node:v8';
import { deflateSync, inflateSync } from 'node:zlib';
import type { LearnedModel } from './learned-model.ts';
import { GRAM_FORMAT } from './list-grams.ts';

/** Raised when the shape of a stored model changes: older ones are then trained anew. */
const SHAPE = 0;
const FORMAT = SHAPE * 256 + GRAM_FORMAT;

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

/** Undefined when it was stored in another format. */
export function decodeModel(bytes: Uint8Array): LearnedModel | undefined {
  const { format, model, weights } = deserialize(inflateSync(bytes)) as Stored;
  if (format !== FORMAT) return undefined;
  return {
    ...model,
    weights: weights.map(({ scale, values }) => Float32Array.from(values, (value) => value * scale)),
  };
}
