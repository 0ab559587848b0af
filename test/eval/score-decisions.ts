import type { LearnedDecision } from '../../src/analysis/learned/create-learner.ts';
import type { Labelled } from './learn-and-decide.ts';
import { calibrationError } from './metrics/calibration-error.ts';
import { scoreLabels } from './metrics/macro-f1.ts';

/** How right the decisions about labelled rows are, and how well their confidence tells it. */
export function scoreDecisions(decisions: readonly LearnedDecision[], rows: readonly Labelled[]) {
  const truth = rows.map(({ label }) => label);
  const predicted = decisions.map(({ label }) => label);
  const { macroF1, accuracy } = scoreLabels(truth, predicted);
  const ece = calibrationError(
    decisions.map(({ confidence }) => confidence),
    truth.map((label, i) => label === predicted[i]),
  );
  return { macroF1, accuracy, ece };
}
