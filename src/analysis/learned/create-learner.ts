import type { SureFrom } from '../../domain/analysis.ts';
import { type Calibration, chooseLabel, toConfidence, toProbabilities } from './calibration.ts';
import { countGrams } from './count-grams.ts';
import { explainLabel } from './explain-label.ts';
import type { LearnedModel } from './learned-model.ts';
import type { LearnedText } from './list-grams.ts';
import { addScores } from './meaning/add-scores.ts';
import { findNearest, scoreMeaning } from './meaning/meaning-head.ts';
import type { Meaning } from './meaning/meaning-model.ts';
import { scoreVector } from './score-vector.ts';
import { createVectorizer } from './vocabulary.ts';

/** What a learned model makes of one text. */
export interface LearnedDecision {
  readonly label: string;
  /** 0 to 1, calibrated on rows held aside. */
  readonly confidence: number;
  /** From which confidence on it is sure; undefined: the model is of an earlier version, which did not measure it. */
  readonly sureFrom: SureFrom | undefined;
  /** Every label with its probability, likeliest first. */
  readonly ranked: readonly { readonly label: string; readonly confidence: number }[];
  /** The words that spoke most for the label, strongest first; weights are shares of the score. */
  readonly words: readonly { readonly text: string; readonly weight: number }[];
  /** The taught text that means most nearly the same, and the cosine; undefined when the words alone decided. */
  readonly nearest: { readonly label: string; readonly likeness: number } | undefined;
}

export interface Learner {
  readonly labels: readonly string[];
  /** `meaning` counts when it is of the embedding model that the model was trained with. */
  decide(text: LearnedText, meaning?: Meaning): LearnedDecision;
}

/** Binds a model for deciding: about a millisecond for an e-mail. */
export function createLearner(model: LearnedModel): Learner {
  const toVector = createVectorizer(model.vocabulary);
  return {
    labels: model.labels,
    decide(text, meaning) {
      const vector = toVector(countGrams(text));
      const { scores, calibration } = withMeaning(model, scoreVector(vector, model), meaning);
      const probabilities = toProbabilities(scores, calibration);
      const chosen = chooseLabel(probabilities, calibration);
      const likely = probabilities[chosen] ?? 0;
      const confidence = toConfidence(likely, calibration.sureness);
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
        sureFrom: calibration.sureFrom,
        ranked,
        words: explainLabel(text, vector, model, chosen),
        nearest: nearestOf(model, meaning),
      };
    },
  };
}

function withMeaning(
  { labels, calibration, meaning: known }: LearnedModel,
  words: Float32Array,
  meaning: Meaning | undefined,
): { readonly scores: Float32Array; readonly calibration: Calibration } {
  if (known === undefined || known.embedder !== meaning?.embedder) return { scores: words, calibration };
  const parts = known.heads.map(({ head, at, weight }) => ({
    scores: scoreMeaning(head, meaning.vector, at, labels.length),
    weight,
  }));
  return { scores: addScores(words, parts), calibration: known.calibration };
}

function nearestOf({ labels, meaning: known }: LearnedModel, meaning: Meaning | undefined) {
  // The first part tells what a text is about; it is not there when it helped nothing.
  const about = known?.heads.find(({ at }) => at === 0);
  if (about === undefined || meaning === undefined || known?.embedder !== meaning.embedder) return undefined;
  const { label, likeness } = findNearest(about.head, meaning.vector, about.at);
  return { label: labels[label] ?? '', likeness };
}
