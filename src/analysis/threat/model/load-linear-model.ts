import { readFileSync } from 'node:fs';
import type { LinearModel } from './linear-model.ts';

interface Stored extends Omit<LinearModel, 'weights'> {
  /** Base64 of signed bytes. */
  readonly weights: string;
}

/** Reads a model that ships with the code; one that does not fit its own header is a broken build. */
export function loadLinearModel(url: URL): LinearModel {
  const stored = JSON.parse(readFileSync(url, 'utf8')) as Stored;
  const bytes = Buffer.from(stored.weights, 'base64');
  if (bytes.length !== 2 ** stored.bits) throw new RangeError(`${url.pathname} is damaged`);
  return { ...stored, weights: new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length) };
}
