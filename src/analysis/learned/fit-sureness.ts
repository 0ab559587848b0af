import type { Sureness } from './calibration.ts';

/** A step is the mean of so many rows at least, and there are so many steps at most. */
const LEAST_ROWS = 25;
const MOST_STEPS = 15;

interface Step {
  readonly likely: number;
  readonly right: number;
  readonly rows: number;
}

/** Isotonic regression (pool adjacent violators) over groups of rows alike in their likelihood. */
export function fitSureness(likely: readonly number[], isRight: readonly boolean[]): Sureness {
  const order = likely.map((_, i) => i).sort((a, b) => (likely[a] as number) - (likely[b] as number));
  const size = Math.max(LEAST_ROWS, Math.ceil(order.length / MOST_STEPS));
  const steps: Step[] = [];
  for (let from = 0; from < order.length; from += size) {
    const group = order.slice(from, order.length - from < 2 * size ? undefined : from + size);
    let step = {
      likely: group.reduce((sum, i) => sum + (likely[i] as number), 0) / group.length,
      // One more row of each outcome: no group makes certain.
      right: (group.filter((i) => isRight[i]).length + 0.5) / (group.length + 1),
      rows: group.length,
    };
    for (let last = steps.at(-1); last !== undefined && last.right >= step.right; last = steps.at(-1)) {
      steps.pop();
      step = pool(last, step);
    }
    steps.push(step);
    if (from + group.length >= order.length) break;
  }
  return {
    likely: Float32Array.from(steps, (step) => step.likely),
    right: Float32Array.from(steps, (step) => step.right),
  };
}

function pool(a: Step, b: Step): Step {
  const rows = a.rows + b.rows;
  return {
    likely: (a.likely * a.rows + b.likely * b.rows) / rows,
    right: (a.right * a.rows + b.right * b.rows) / rows,
    rows,
  };
}
