import { fitCalibration } from '../fit-calibration.ts';
import type { HeldAside, LearnedModel, LearnedRow } from '../learned-model.ts';
import { fitWeights } from './fit-weights.ts';
import { scoreMeaning } from './meaning-head.ts';
import type { Meaning } from './meaning-model.ts';
import { type MeaningRow, trainHead } from './train-head.ts';

/** Work grows with the cube: some 5 s for each part. Of more rows an even share is taken. */
const MOST_ROWS = 1_800;
/** With less of the rows the words alone know more. */
const LEAST_SHARE = 0.8;

interface Trained {
  readonly model: LearnedModel;
  readonly heldAside: readonly HeldAside[];
}

export interface MeaningOptions {
  /** The names of labels are learned as if they were rows. */
  readonly names?: readonly LabelMeaning[];
  /** The label of what belongs to no other. */
  readonly fallback?: string | undefined;
  readonly targetError?: number | undefined;
}

export interface LabelMeaning {
  readonly label: string;
  readonly meaning: Meaning;
}

/**
 * Lets a model that was trained on words use the meaning too, where its rows have one. How much the meaning counts is
 * measured on rows held aside; the model still decides by the words alone where a text comes without.
 */
export function addMeaning(
  { model, heldAside }: Trained,
  rows: readonly LearnedRow[],
  { names = [], fallback, targetError }: MeaningOptions = {},
): Trained {
  const first = rows.find(({ meaning }) => meaning !== undefined)?.meaning;
  const embedder = first?.embedder;
  const isUsable = (meaning: Meaning | undefined): meaning is Meaning => meaning?.embedder === embedder;
  const known = heldAside.filter(({ row }) => isUsable(rows[row]?.meaning));
  if (first === undefined || embedder === undefined || known.length < LEAST_SHARE * heldAside.length)
    return { model, heldAside };

  const { labels } = model;
  const taught = chooseRows(known.length);
  const learned = [
    ...taught.map((i) => toRow(rows[known[i]?.row ?? 0] as LearnedRow, labels)),
    ...names
      .filter(({ label, meaning }) => labels.includes(label) && isUsable(meaning))
      .map((one) => toRow({ ...one, group: `name ${one.label}` }, labels)),
  ];
  const vectors = known.map(({ row }) => rows[row]?.meaning?.vector as Float32Array);
  const dimensions = first.vector.length / first.parts;
  const parts = Array.from({ length: first.parts }, (_, i) => i * dimensions);
  const heads = parts.map((at) =>
    trainPart(learned, taught, vectors, { at, dimensions, labels: labels.length }),
  );
  const truth = known.map((one) => one.truth);
  const words = known.map(({ scores }) => scores);
  const { weights, scores } = fitWeights(
    words,
    heads.map((one) => one.scores),
    truth,
  );
  const weighed = heads.map(({ head }, i) => ({ head, at: parts[i] ?? 0, weight: weights[i] ?? 0 }));
  const calibration = fitCalibration(scores, truth, {
    labels: labels.length,
    fallback: fallback === undefined ? -1 : labels.indexOf(fallback),
    targetError,
  });
  return {
    model: {
      ...model,
      meaning: { embedder, heads: weighed.filter(({ weight }) => weight > 0), calibration },
    },
    heldAside: known.map((one, i) => ({ ...one, scores: scores[i] ?? one.scores })),
  };
}

/** The scores are those of rows not learned: held aside, or left out for there were too many. */
function trainPart(
  learned: readonly MeaningRow[],
  taught: readonly number[],
  vectors: readonly Float32Array[],
  place: { at: number; dimensions: number; labels: number },
) {
  const { head, heldAside } = trainHead(learned, place);
  const scoreOf = new Map(taught.map((row, i) => [row, heldAside[i]]));
  const scores = vectors.map(
    (vector, row) => scoreOf.get(row) ?? scoreMeaning(head, vector, place.at, place.labels),
  );
  return { head, scores };
}

function chooseRows(count: number): number[] {
  const most = Math.min(count, MOST_ROWS);
  return Array.from({ length: most }, (_, i) => Math.floor((i * count) / most));
}

function toRow(row: Pick<LearnedRow, 'meaning' | 'label' | 'group'>, labels: readonly string[]): MeaningRow {
  const vector = row.meaning?.vector ?? new Float32Array();
  return { vector, label: labels.indexOf(row.label), group: row.group };
}
