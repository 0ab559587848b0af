import type { EvalTask } from '../eval-options.ts';
import { learnAndDecide } from '../learn-and-decide.ts';
import { calibrationError } from '../metrics/calibration-error.ts';
import { scoreLabels } from '../metrics/macro-f1.ts';
import { readRows } from '../read-rows.ts';

interface Sentence {
  readonly text: string;
  readonly intent_request: boolean;
}

/** Whether a sentence of a mail asks for something to be done. */
export const task: EvalTask = {
  async run({ train, test, seed }) {
    const own = (await readRows<Sentence>(train ?? test)).rows.map(toLabelled);
    const other = (await readRows<Sentence>(test)).rows.map(toLabelled);
    const { decisions, trainSeconds } = learnAndDecide(own, other, seed);
    const truth = other.map(({ label }) => label);
    const predicted = decisions.map(({ label }) => label);
    const { macroF1, accuracy } = scoreLabels(truth, predicted);
    const ece = calibrationError(
      decisions.map(({ confidence }) => confidence),
      truth.map((label, i) => label === predicted[i]),
    );
    return { rows: other.length, trained: own.length, macroF1, accuracy, ece, trainSeconds };
  },
};

function toLabelled({ text, intent_request: asks }: Sentence, i: number) {
  return { text: { subject: '', body: text }, label: String(asks), group: String(i) };
}
