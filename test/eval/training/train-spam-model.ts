import { createRandom } from '../../../src/analysis/learned/create-random.ts';
import { type LinearModel, scoreFeatures } from '../../../src/analysis/threat/model/linear-model.ts';
import { SPAM_BITS } from '../../../src/analysis/threat/spam/spam-features.ts';
import { type Example, type FitOptions, fitLinearModel } from './fit-linear-model.ts';
import type { SpamRow } from './read-spam-rows.ts';

const FIT: FitOptions = { bits: SPAM_BITS, seed: 1, epochs: 20, rate: 0.2, gains: [1, 3] };
const FOLDS = 5;
const SPAM_WEIGHT = 2;
/** Newsletters that people asked for are what a filter gets wrong. */
const HARD_WEIGHT = 5;
/** Share of hard ham, held out fold by fold, that may pass the threshold: under the 5 % that are allowed on other mail. */
const HARD_SHARE = 0.03;

/** Fits on all rows; the threshold comes from scores of rows that a fold had not seen. */
export function trainSpamModel(rows: readonly SpamRow[]): LinearModel {
  const random = createRandom(FIT.seed);
  const folds = rows.map(() => Math.floor(random() * FOLDS));
  const held: number[] = [];
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const model = fitLinearModel(rows.filter((_, i) => folds[i] !== fold).map(toExample), FIT);
    for (const [i, row] of rows.entries()) {
      if (folds[i] === fold && row.isHard) held.push(scoreFeatures(model, row.features));
    }
  }
  held.sort((a, b) => b - a);
  const threshold = Math.max(0.5, (held[Math.floor(held.length * HARD_SHARE)] ?? 0.5) + 0.005);
  return { ...fitLinearModel(rows.map(toExample), FIT), threshold };
}

function toExample({ features, isSpam, isHard }: SpamRow): Example {
  return { windows: [features], positive: isSpam, weight: isSpam ? SPAM_WEIGHT : isHard ? HARD_WEIGHT : 1 };
}
