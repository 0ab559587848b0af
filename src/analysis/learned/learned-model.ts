import type { Calibration } from './calibration.ts';
import type { GramCounts } from './count-grams.ts';
import type { Meaning, MeaningModel } from './meaning/meaning-model.ts';
import type { Vocabulary } from './vocabulary.ts';

/** What one account taught about one field. Holds hashes and weights, no text. */
export interface LearnedModel {
  readonly labels: readonly string[];
  readonly vocabulary: Vocabulary;
  /** One for each label, as long as the vocabulary. */
  readonly weights: readonly Float32Array[];
  readonly biases: Float32Array;
  readonly calibration: Calibration;
  readonly rows: number;
  /** Absent when its rows came without vectors. */
  readonly meaning?: MeaningModel;
}

/** One labelled text. */
export interface LearnedRow {
  readonly grams: GramCounts;
  readonly meaning?: Meaning;
  readonly label: string;
  /** Rows that tell of the same case; never split between learning and holding aside. */
  readonly group: string;
}

/** One row scored by a model that had not seen it; `truth` is an index into the labels. */
export interface HeldAside {
  readonly scores: Float32Array;
  readonly truth: number;
  /** Index into the rows. */
  readonly row: number;
}
