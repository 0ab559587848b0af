import type { EvalTask } from '../eval-options.ts';
import { learnAndDecide } from '../learn-and-decide.ts';
import { readRows } from '../read-rows.ts';
import { scoreDecisions } from '../score-decisions.ts';

interface Sentence {
  readonly text: string;
  readonly intent_request: boolean;
}

/** Whether a sentence of a mail asks for something to be done. */
export const task: EvalTask = {
  async run({ train, test, seed, model }) {
    const own = (await readRows<Sentence>(train ?? test)).rows.map(toLabelled);
    const other = (await readRows<Sentence>(test)).rows.map(toLabelled);
    const { decisions, learning } = await learnAndDecide(own, other, { seed, model });
    return { rows: other.length, trained: own.length, ...scoreDecisions(decisions, other), ...learning };
  },
};

function toLabelled({ text, intent_request: asks }: Sentence, i: number) {
  return { text: { subject: '', body: text }, label: String(asks), group: String(i) };
}
