import { decideUnseen } from '../decide-unseen.ts';
import type { EvalTask } from '../eval-options.ts';
import { readRows } from '../read-rows.ts';
import { scoreDecisions } from '../score-decisions.ts';

interface Sentence {
  readonly text: string;
  readonly intent_request: boolean;
}

/** Whether a sentence of a mail asks for something to be done. */
export const task: EvalTask = {
  async run({ train, test, seed, model }) {
    const own = train === undefined ? undefined : (await readRows<Sentence>(train)).rows.map(toLabelled);
    const other = (await readRows<Sentence>(test)).rows.map(toLabelled);
    const { decisions, learning, ...how } = await decideUnseen(own, other, { seed, model });
    return { rows: other.length, ...how, ...scoreDecisions(decisions, other), ...learning };
  },
};

function toLabelled({ text, intent_request: asks }: Sentence, i: number) {
  return { text: { subject: '', body: text }, label: String(asks), group: String(i) };
}
