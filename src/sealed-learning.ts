import { createHash } from 'node:crypto';
import type { ExampleRow } from '../db/learning-store.ts';
import { countGrams, type GramCounts } from './analysis/learned/count-grams.ts';
import { areCurrentGrams, decodeGrams, encodeGrams } from './analysis/learned/encode-grams.ts';
import type { LearnedText } from './analysis/learned/list-grams.ts';
import { decodeMeaning, encodeMeaning } from './analysis/learned/meaning/encode-meaning.ts';
import type { Meaning } from './analysis/learned/meaning/meaning-model.ts';
import type { LearnedField } from './domain/learning.ts';
import type { Sealer } from './security/seal.ts';

/** Where a model is sealed for. */
export function modelPlace(accountId: string, field: LearnedField): string {
  return `learned_model/body/${accountId}/${field}`;
}

/** One labelled text as it is stored: hashes of its grams, sealed; its text is not kept. */
export function toExample(
  given: Omit<ExampleRow, 'grams' | 'meaning' | 'key' | 'caseKey'> & {
    /** Of the row that it replaces. */
    readonly key?: string;
    readonly caseKey?: string;
    readonly text: LearnedText;
    readonly meaning?: Meaning | undefined;
  },
  sealer: Sealer,
): ExampleRow {
  const { text, key = toKey(text), caseKey, meaning, ...rest } = given;
  const grams = sealer.seal(encodeGrams(countGrams(text)), placeOf('grams', rest.accountId, rest.field, key));
  const sealed =
    meaning && sealer.seal(encodeMeaning(meaning), placeOf('meaning', rest.accountId, rest.field, key));
  return { ...rest, key, caseKey: caseKey ?? key, grams, meaning: sealed ?? null };
}

function toKey({ subject, body }: LearnedText): string {
  return createHash('sha256').update(`${subject}\n${body}`).digest('hex').slice(0, 32);
}

/** Undefined when an earlier version counted them: its grams are others. */
export function openGrams(example: ExampleRow, sealer: Sealer): GramCounts | undefined {
  const stored = openStoredGrams(example, sealer);
  return stored && decodeGrams(stored);
}

/** As `encodeGrams` writes them; undefined when an earlier version wrote them. */
export function openStoredGrams(
  { accountId, field, key, grams }: ExampleRow,
  sealer: Sealer,
): Uint8Array | undefined {
  const stored = sealer.open(grams, placeOf('grams', accountId, field, key));
  return areCurrentGrams(stored) ? stored : undefined;
}

export function openMeaning(
  { accountId, field, key, meaning }: ExampleRow,
  sealer: Sealer,
): Meaning | undefined {
  if (meaning === null) return undefined;
  return decodeMeaning(sealer.open(meaning, placeOf('meaning', accountId, field, key)));
}

function placeOf(column: 'grams' | 'meaning', accountId: string, field: LearnedField, key: string): string {
  return `learned_example/${column}/${accountId}/${field}/${key}`;
}
