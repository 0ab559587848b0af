import { createHash } from 'node:crypto';
import type { ExampleRow } from '../db/learning-store.ts';
import { countGrams, type GramCounts } from './analysis/learned/count-grams.ts';
import { decodeGrams, encodeGrams } from './analysis/learned/encode-grams.ts';
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
    readonly caseKey?: string;
    readonly text: LearnedText;
    readonly meaning?: Meaning | undefined;
  },
  sealer: Sealer,
): ExampleRow {
  const { text, caseKey, meaning, ...rest } = given;
  const key = createHash('sha256').update(`${text.subject}\n${text.body}`).digest('hex').slice(0, 32);
  const grams = sealer.seal(encodeGrams(countGrams(text)), placeOf('grams', rest.accountId, rest.field, key));
  const sealed =
    meaning && sealer.seal(encodeMeaning(meaning), placeOf('meaning', rest.accountId, rest.field, key));
  return { ...rest, key, caseKey: caseKey ?? key, grams, meaning: sealed ?? null };
}

export function openGrams(example: ExampleRow, sealer: Sealer): GramCounts {
  return decodeGrams(openStoredGrams(example, sealer));
}

/** As `encodeGrams` wrote them. */
export function openStoredGrams({ accountId, field, key, grams }: ExampleRow, sealer: Sealer): Uint8Array {
  return sealer.open(grams, placeOf('grams', accountId, field, key));
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
