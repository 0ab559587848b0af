import { type Calibration, chooseLabel } from './calibration.ts';

const FAVOURS = [1, 1.5, 2, 3, 4, 6, 8, 12, 16];
const LEAST_SURE = [0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5];
/** What nobody thought of is rare among what is taught, and not in a mailbox. */
const SHARE = 0.2;

/**
 * When the label of what belongs to no other is chosen: how much it is favoured, and below which likelihood of all
 * others. Most rows held aside are right then, when it has a fifth of them.
 */
export function fitFallback(
  probabilities: readonly Float64Array[],
  truth: readonly number[],
  given: Float32Array,
  label: number,
): Pick<Calibration, 'favours' | 'fallback'> {
  const own = truth.filter((one) => one === label).length;
  const share = Math.max(SHARE, own / Math.max(1, truth.length));
  let best: Pick<Calibration, 'favours' | 'fallback'> = { favours: given, fallback: undefined };
  let most = -1;
  for (const favour of FAVOURS) {
    for (const below of LEAST_SURE) {
      const favours = given.map((one, i) => (i === label ? favour : one));
      const choice = { favours, fallback: { label, below } };
      let [rightOwn, rightOther] = [0, 0];
      for (const [row, shares] of probabilities.entries()) {
        if (chooseLabel(shares, choice) !== truth[row]) continue;
        if (truth[row] === label) rightOwn += 1;
        else rightOther += 1;
      }
      const score =
        (share * rightOwn) / Math.max(1, own) + ((1 - share) * rightOther) / Math.max(1, truth.length - own);
      if (score > most + 1e-9) [most, best] = [score, choice];
    }
  }
  return best;
}
