import type { DrillAnswer, DrillOptions } from '../run.ts';
import { openDrillRoom } from './open-drill-room.ts';
import { runChaos } from './run-chaos.ts';

/** `drill -- ingest`: every provider under faults. */
export async function ingestDrill({
  n = 5_000,
  seed,
  faults = 200,
  say,
}: DrillOptions): Promise<DrillAnswer & Readonly<Record<string, unknown>>> {
  const room = await openDrillRoom(say);
  try {
    const chaos = await runChaos(room, { n, seed, faults });
    const failures = chaos.lost + chaos.duplicated + chaos.unaccounted;
    return { seed, n, trials: chaos.faults, failures, bound: 3 / chaos.faults, ...chaos };
  } finally {
    await room.stop();
  }
}
