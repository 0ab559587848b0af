export interface RougeScores {
  readonly rouge1: number;
  readonly rouge2: number;
  readonly rougeL: number;
}

const NOTHING: RougeScores = { rouge1: 0, rouge2: 0, rougeL: 0 };

/**
 * ROUGE F1 (Lin, 2004) of one text: lower case, runs of letters and digits, no stemming, no stop words; `rougeL` over the
 * whole text as one sequence. `best` takes for each measure the reference that fits best, as rouge_score's `score_multi`;
 * `mean` is their average.
 */
export function scoreRouge(
  text: string,
  references: readonly string[],
): { readonly best: RougeScores; readonly mean: RougeScores } {
  const words = toWords(text);
  const scores = references.map((reference) => scoreOne(words, toWords(reference)));
  const over = (fold: (values: readonly number[]) => number): RougeScores => ({
    rouge1: fold(scores.map(({ rouge1 }) => rouge1)),
    rouge2: fold(scores.map(({ rouge2 }) => rouge2)),
    rougeL: fold(scores.map(({ rougeL }) => rougeL)),
  });
  if (scores.length === 0) return { best: NOTHING, mean: NOTHING };
  return { best: over((values) => Math.max(...values)), mean: over(mean) };
}

/** Averages over texts. */
export function meanRouge(scores: readonly RougeScores[]): RougeScores {
  return {
    rouge1: mean(scores.map(({ rouge1 }) => rouge1)),
    rouge2: mean(scores.map(({ rouge2 }) => rouge2)),
    rougeL: mean(scores.map(({ rougeL }) => rougeL)),
  };
}

function scoreOne(words: readonly string[], reference: readonly string[]): RougeScores {
  return {
    rouge1: overlap(grams(words, 1), grams(reference, 1)),
    rouge2: overlap(grams(words, 2), grams(reference, 2)),
    rougeL: f1(commonSubsequence(words, reference), words.length, reference.length),
  };
}

function toWords(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

function grams(words: readonly string[], size: number): string[] {
  return words.slice(size - 1).map((_, at) => words.slice(at, at + size).join(' '));
}

function overlap(ours: readonly string[], theirs: readonly string[]): number {
  const left = new Map<string, number>();
  for (const gram of theirs) left.set(gram, (left.get(gram) ?? 0) + 1);
  let hits = 0;
  for (const gram of ours) {
    const count = left.get(gram) ?? 0;
    if (count > 0) hits += 1;
    left.set(gram, count - 1);
  }
  return f1(hits, ours.length, theirs.length);
}

function f1(hits: number, ours: number, theirs: number): number {
  return hits === 0 ? 0 : (2 * hits) / (ours + theirs);
}

function commonSubsequence(a: readonly string[], b: readonly string[]): number {
  let row = new Array<number>(b.length + 1).fill(0);
  for (const word of a) {
    const next = [0];
    for (const [at, other] of b.entries()) {
      next.push(word === other ? (row[at] ?? 0) + 1 : Math.max(row[at + 1] ?? 0, next[at] ?? 0));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
