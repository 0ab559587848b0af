import type { Client } from '@temporalio/client';
import { ifThere } from './if-there.ts';
import type { ScheduleFacts } from './wanted-schedule.ts';

/** What the server has; undefined when it has no such schedule. */
export async function readSchedule(client: Client, scheduleId: string): Promise<ScheduleFacts | undefined> {
  const found = await ifThere(() => client.schedule.getHandle(scheduleId).describe());
  if (found === undefined) return undefined;
  const { workflowType, workflowId, taskQueue } = found.action;
  return {
    everyMs: found.spec.intervals?.[0]?.every,
    overlap: found.policies.overlap ?? 'UNSPECIFIED',
    catchupWindowMs: found.policies.catchupWindow,
    jitterMs: found.spec.jitter ?? 0,
    pauseOnFailure: found.policies.pauseOnFailure,
    paused: found.state.paused,
    starts: `${workflowType} ${workflowId} on ${taskQueue}`,
  };
}
