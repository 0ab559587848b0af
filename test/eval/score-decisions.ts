import type { LearnedDecision } from '../../src/analysis/learned/create-learner.ts';
import type { Labelled } from './learn-and-decide.ts';
import { calibrationError } from './metrics/calibration-error.ts';
import { calibrationNoise } from './metrics/calibration-noise.ts';
import { scoreLabels } from './metrics/macro-f1.ts';

/** What the threshold that was measured at training is worth here: the share that it calls sure, and how many of those are wrong. */
function scoreSure(decisions: readonly LearnedDecision[], truth: readonly string[]) {
  const sureFrom = decisions[0]?.sureFrom;
  if (sureFrom === undefined) return null;
  const { threshold, targetError } = sureFrom;
  const isSure = decisions.map(({ confidence }) => Math.round(confidence * 1000) / 1000 >= threshold);
  const sure = isSure.filter(Boolean).length;
  const wrong = decisions.filter(({ label }, i) => isSure[i] === true && label !== truth[i]).length;
  return {
    threshold,
    targetError,
    coverage: sure / Math.max(1, truth.length),
    error: wrong / Math.max(1, sure),
  };
}

/** How right the decisions about labelled rows are, and how well their confidence tells it. */
export function scoreDecisions(decisions: readonly LearnedDecision[], rows: readonly Labelled[]) {
  const truth = rows.map(({ label }) => label);
  const predicted = decisions.map(({ label }) => label);
  const { macroF1, accuracy } = scoreLabels(truth, predicted);
  const confidences = decisions.map(({ confidence }) => confidence);
  const ece = calibrationError(
    confidences,
    truth.map((label, i) => label === predicted[i]),
  );
  return {
    macroF1,
    accuracy,
    ece,
    eceOfChance: calibrationNoise(confidences),
    sure: scoreSure(decisions, truth),
  };
}
