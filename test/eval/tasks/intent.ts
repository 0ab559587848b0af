import { decideUnseen } from '../decide-unseen.ts';
import type { EvalTask } from '../eval-options.ts';
import { readRows } from '../read-rows.ts';
import { scoreDecisions } from '../score-decisions.ts';

interface Utterance {
  readonly text: string;
  readonly label: string;
}

/** What belongs to none of the intents, as clinc150 names it. */
const OUTSIDE = 'oos';

/** One short sentence, many intents; the right answer may be that it is none of them. */
export const task: EvalTask = {
  async run({ train, test, seed, model }) {
    const own = train === undefined ? undefined : (await readRows<Utterance>(train)).rows.map(toLabelled);
    const other = (await readRows<Utterance>(test)).rows.map(toLabelled);
    const { decisions, learning, ...how } = await decideUnseen(own, other, {
      seed,
      model,
      fallback: OUTSIDE,
    });
    const { accuracy, ece } = scoreDecisions(decisions, other);
    const right = decisions.map(({ label }, i) => label === other[i]?.label);
    const outside = right.filter((_, i) => other[i]?.label === OUTSIDE);
    const inside = right.filter((_, i) => other[i]?.label !== OUTSIDE);
    return {
      rows: other.length,
      ...how,
      accuracy,
      inScopeAccuracy: shareOf(inside),
      outOfScopeRecall: outside.length === 0 ? null : shareOf(outside),
      ece,
      ...learning,
    };
  },
};

function toLabelled({ text, label }: Utterance, i: number) {
  return { text: { subject: '', body: text }, label, group: String(i) };
}

function shareOf(values: readonly boolean[]): number {
  return values.filter(Boolean).length / Math.max(1, values.length);
}
