import { decodeGrams } from './encode-grams.ts';
import { encodeModel } from './encode-model.ts';
import { addMeaning, type LabelMeaning } from './meaning/add-meaning.ts';
import type { Meaning } from './meaning/meaning-model.ts';
import { measureModel, type TrainingFigures } from './measure-model.ts';
import { trainModel } from './train-model.ts';

/** One labelled row as it crosses to the thread: its grams as they are stored. */
export interface TrainingRow {
  readonly grams: Uint8Array;
  readonly meaning?: Meaning;
  readonly label: string;
  readonly group: string;
}

export interface TrainingTask {
  readonly rows: readonly TrainingRow[];
  readonly seed: number;
  readonly fallback: string | undefined;
  readonly targetError: number | undefined;
  readonly names: readonly LabelMeaning[];
}

export interface TrainingAnswer {
  /** As `encodeModel` writes it. */
  readonly model: Uint8Array;
  readonly figures: TrainingFigures;
  /** Id of the embedding model that helped. */
  readonly embedding: string | undefined;
}

/** The job of the training thread. */
export default function trainInThread({ rows, ...options }: TrainingTask): TrainingAnswer {
  const labelled = rows.map((row) => ({ ...row, grams: decodeGrams(row.grams) }));
  const { model, heldAside } = addMeaning(trainModel(labelled, options), labelled, options);
  const figures = measureModel(model, heldAside);
  return { model: encodeModel(model), figures, embedding: model.meaning?.embedder };
}
