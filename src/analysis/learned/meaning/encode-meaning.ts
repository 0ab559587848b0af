import { deserialize, serialize } from 'node:v8';
import type { Meaning } from './meaning-model.ts';

/** Bytes for storing; a vector tells much of its text, so that it is sealed as a text is. */
export function encodeMeaning(meaning: Meaning): Uint8Array {
  return serialize(meaning);
}

/** Only what was sealed by us is ever decoded. */
export function decodeMeaning(bytes: Uint8Array): Meaning {
  return deserialize(bytes) as Meaning;
}
