import { decodeGrams } from './encode-grams.ts';
import { encodeModel } from './encode-model.ts';
import { measureModel, type TrainingFigures } from './measure-model.ts';
import { trainModel } from './train-model.ts';

/** One labelled row as it crosses to the thread: its grams as they are stored. */
export interface TrainingRow {
  readonly grams: Uint8Array;
  readonly label: string;
  readonly group: string;
}

export interface TrainingTask {
  readonly rows: readonly TrainingRow[];
  readonly seed: number;
  readonly fallback: string | undefined;
}

export interface TrainingAnswer {
  /** As `encodeModel` writes it. */
  readonly model: Uint8Array;
  readonly figures: TrainingFigures;
}

/** The job of the training thread. */
export default function trainInThread({ rows, ...options }: TrainingTask): TrainingAnswer {
  const labelled = rows.map((row) => ({ ...row, grams: decodeGrams(row.grams) }));
  const { model, heldAside } = trainModel(labelled, options);
  return { model: encodeModel(model), figures: measureModel(model, heldAside) };
}
