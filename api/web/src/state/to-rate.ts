export interface Sample {
  /** Milliseconds. */
  readonly at: number;
  readonly count: number;
}

const SHORTEST_MS = 2_000;

/** Things a second over the samples; undefined until they say anything. */
export function toRate(samples: readonly Sample[]): number | undefined {
  const first = samples[0];
  const last = samples.at(-1);
  if (first === undefined || last === undefined || last.at - first.at < SHORTEST_MS) return undefined;
  return Math.max(0, ((last.count - first.count) * 1_000) / (last.at - first.at));
}
