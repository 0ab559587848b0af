import { runKillDrill } from './kill.ts';
import type { DrillAnswer, DrillOptions } from './run.ts';

/** `drill -- kill`: 500 messages while worker, API and Temporal are killed ten times each. */
export async function killDrill({
  n = 500,
  seed,
  kills = 10,
  say,
}: DrillOptions): Promise<DrillAnswer & Readonly<Record<string, unknown>>> {
  const results = await runKillDrill({ n, seed, kills, say });
  const failures =
    results.lost + results.duplicateRows + results.doubleSends + results.sentButMissing + results.quarantined;
  const trials = kills * 3;
  return { seed, n, trials, failures, bound: 3 / trials, ...results };
}
