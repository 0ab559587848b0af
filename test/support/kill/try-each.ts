export interface Trial {
  /** How often something was cut. */
  readonly cuts: number;
  /** What is wrong after it. */
  readonly faults: readonly string[];
}

/** Some side by side: most of a trial is waiting. */
const AT_ONCE = 4;
const MOST = 500;

/** The trials 1, 2, 3 and so on, until there was nothing left to cut; together. */
export async function tryEach(tryOut: (n: number) => Promise<Trial>): Promise<Trial> {
  const faults: string[] = [];
  let [n, cuts, isOver] = [0, 0, false];
  async function go(): Promise<void> {
    while (!isOver && n < MOST) {
      n += 1;
      const own = n;
      const trial = await tryOut(own);
      if (trial.cuts === 0) isOver = true;
      cuts += trial.cuts;
      faults.push(...trial.faults.map((fault) => `${own}: ${fault}`));
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, go));
  return { cuts, faults };
}
