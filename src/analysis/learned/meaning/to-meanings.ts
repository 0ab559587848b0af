import type { Embedder } from '../../embedding/embedder.ts';
import type { LearnedText } from '../list-grams.ts';
import type { LabelMeaning } from './add-meaning.ts';
import type { Meaning } from './meaning-model.ts';

/** Beyond it no model reads on; the tokenizer cuts once more. UTF-16 units. */
const LONGEST = 3_000;

/** What the texts mean, in order; undefined where there is no embedder or it fails. */
export async function toMeanings(
  embedder: Embedder | undefined,
  texts: readonly LearnedText[],
): Promise<(Meaning | undefined)[]> {
  if (embedder === undefined) return texts.map(() => undefined);
  const { id, parts } = embedder;
  const vectors = await embedder.embed(
    texts.map(({ subject, body }) => `${subject}\n${body}`.trim().slice(0, LONGEST)),
  );
  return vectors.map((vector) => vector && { embedder: id, parts, vector });
}

/** The names of labels say something about what belongs to them: `card_lost` is nearly an example of itself. */
export async function toLabelMeanings(
  embedder: Embedder | undefined,
  labels: readonly string[],
): Promise<LabelMeaning[]> {
  const known = [...new Set(labels)];
  const names = known.map((label) => ({ subject: '', body: label.replace(/[_\-./]+/g, ' ') }));
  const meanings = await toMeanings(embedder, names);
  return known.flatMap((label, i) => {
    const meaning = meanings[i];
    return meaning === undefined ? [] : [{ label, meaning }];
  });
}
