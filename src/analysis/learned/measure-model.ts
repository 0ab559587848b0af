import { chooseLabel, toConfidence, toProbabilities } from './calibration.ts';
import type { HeldAside, LearnedModel } from './learned-model.ts';

export interface TrainingFigures {
  /** Share of right answers on rows that were held aside in turn. */
  readonly accuracy: number;
  /** What the model said of itself on them; near the accuracy when it is calibrated. */
  readonly confidence: number;
  /** From which confidence on a decision counts as sure, and what was measured of those. */
  readonly threshold: number;
  readonly coverage: number;
  readonly error: number;
  readonly targetError: number;
}

/** How well the model did on rows that it had not seen. */
export function measureModel(model: LearnedModel, heldAside: readonly HeldAside[]): TrainingFigures {
  const { calibration } = model.meaning ?? model;
  let right = 0;
  let confidence = 0;
  for (const { scores, truth } of heldAside) {
    const probabilities = toProbabilities(scores, calibration);
    const chosen = chooseLabel(probabilities, calibration);
    if (chosen === truth) right += 1;
    confidence += toConfidence(probabilities[chosen] ?? 0, calibration.sureness);
  }
  const rows = Math.max(1, heldAside.length);
  const { threshold = 1, coverage = 0, error = 0, targetError = 0 } = calibration.sureFrom ?? {};
  return {
    accuracy: round(right / rows),
    confidence: round(confidence / rows),
    ...{ threshold, coverage, error, targetError },
  };
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
