import type { Client } from '@temporalio/client';
import { toServiceError } from '../../api/controls/to-service-error.ts';
import { pullScheduleId } from '../contract/workflow-ids.ts';

const PREFIX = pullScheduleId('');
/** A page waits for it no longer. */
const LIMIT_MS = 2_000;

/** When the pull of each account is due, of the schedules that run. One request for all. */
export async function listNextRuns(client: Client): Promise<ReadonlyMap<string, Date>> {
  const runs = new Map<string, Date>();
  try {
    await client.withDeadline(Date.now() + LIMIT_MS, async () => {
      for await (const { scheduleId, state, info } of client.schedule.list()) {
        const next = info.nextActionTimes[0];
        if (!scheduleId.startsWith(PREFIX) || state.paused || next === undefined) continue;
        runs.set(scheduleId.slice(PREFIX.length), next);
      }
    });
  } catch (error) {
    throw toServiceError(error);
  }
  return runs;
}
