import { chooseLabel, toConfidence, toProbabilities } from './calibration.ts';
import { countGrams } from './count-grams.ts';
import { explainLabel } from './explain-label.ts';
import type { LearnedModel } from './learned-model.ts';
import type { LearnedText } from './list-grams.ts';
import { scoreVector } from './score-vector.ts';
import { createVectorizer } from './vocabulary.ts';

/** What a learned model makes of one text. */
export interface LearnedDecision {
  readonly label: string;
  /** 0 to 1, calibrated on rows held aside. */
  readonly confidence: number;
  /** Every label with its probability, likeliest first. */
  readonly ranked: readonly { readonly label: string; readonly confidence: number }[];
  /** The words that spoke most for the label, strongest first; weights are shares of the score. */
  readonly words: readonly { readonly text: string; readonly weight: number }[];
}

export interface Learner {
  readonly labels: readonly string[];
  decide(text: LearnedText): LearnedDecision;
}

/** Binds a model for deciding: about a millisecond for an e-mail. */
export function createLearner(model: LearnedModel): Learner {
  const toVector = createVectorizer(model.vocabulary);
  return {
    labels: model.labels,
    decide(text) {
      const vector = toVector(countGrams(text));
      const probabilities = toProbabilities(scoreVector(vector, model), model.calibration);
      const chosen = chooseLabel(probabilities, model.calibration);
      const likely = probabilities[chosen] ?? 0;
      const confidence = toConfidence(likely, model.calibration.sureness);
      // The others share what is left, as likely beside each other as before.
      const rest = (1 - confidence) / Math.max(1e-9, 1 - likely);
      const ranked = [...probabilities]
        .map((share, i) => ({
          label: model.labels[i] ?? '',
          confidence: i === chosen ? confidence : share * rest,
        }))
        .sort((a, b) => b.confidence - a.confidence);
      return {
        label: model.labels[chosen] ?? '',
        confidence,
        ranked,
        words: explainLabel(text, vector, model, chosen),
      };
    },
  };
}
