const STEPS = [0.5, 0.6, 0.7, 0.8, 0.9, 1.1, 1.25, 1.4, 1.6, 2];
const ROUNDS = 3;
/** A change must be worth more than noise. Macro-F1. */
const GAIN = 0.0005;

/** One factor for each label, so that the mean F1 of the labels on rows held aside is highest. Coordinate search. */
export function fitFavours(
  probabilities: readonly Float64Array[],
  truth: readonly number[],
  labels: number,
): Float32Array {
  const favours = new Float32Array(labels).fill(1);
  let best = scoreOf(probabilities, truth, favours);
  for (let round = 0; round < ROUNDS; round++) {
    for (let label = 0; label < labels; label++) {
      const start = favours[label] as number;
      let chosen = start;
      for (const step of STEPS) {
        favours[label] = start * step;
        const score = scoreOf(probabilities, truth, favours);
        if (score > best + GAIN) {
          best = score;
          chosen = start * step;
        }
      }
      favours[label] = chosen;
    }
  }
  return favours;
}

/** Macro-F1 over the labels that the truth names. */
function scoreOf(
  probabilities: readonly Float64Array[],
  truth: readonly number[],
  favours: Float32Array,
): number {
  const labels = favours.length;
  const hits = new Int32Array(labels);
  const named = new Int32Array(labels);
  const rows = new Int32Array(labels);
  for (let row = 0; row < truth.length; row++) {
    const shares = probabilities[row] as Float64Array;
    let top = 0;
    for (let i = 1; i < labels; i++) {
      if ((shares[i] as number) * (favours[i] as number) > (shares[top] as number) * (favours[top] as number))
        top = i;
    }
    const right = truth[row] as number;
    rows[right] = (rows[right] as number) + 1;
    named[top] = (named[top] as number) + 1;
    if (top === right) hits[top] = (hits[top] as number) + 1;
  }
  let sum = 0;
  let present = 0;
  for (let i = 0; i < labels; i++) {
    if (rows[i] === 0) continue;
    present += 1;
    sum += (2 * (hits[i] as number)) / ((named[i] as number) + (rows[i] as number));
  }
  return sum / Math.max(1, present);
}
