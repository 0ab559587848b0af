import {
  type Client,
  ScheduleAlreadyRunning,
  type ScheduleOptions,
  ScheduleOverlapPolicy,
  type ScheduleUpdateOptions,
} from '@temporalio/client';
import type { WantedSchedule } from './wanted-schedule.ts';

/**
 * Makes the schedule what it should be. Writes without asking first: the server may still answer with what was there
 * before the last write.
 */
export async function writeSchedule(client: Client, wanted: WantedSchedule): Promise<void> {
  const { scheduleId, ...options } = toScheduleOptions(wanted);
  try {
    await client.schedule.create({
      scheduleId,
      ...options,
      state: { ...options.state, triggerImmediately: wanted.atOnce && wanted.paused !== true },
    });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    await client.schedule.getHandle(scheduleId).update((before) => ({
      ...(options as ScheduleUpdateOptions),
      state: { ...before.state, paused: wanted.paused ?? before.state.paused },
    }));
  }
}

function toScheduleOptions({ scheduleId, everyMs, paused, policy, action }: WantedSchedule): ScheduleOptions {
  return {
    scheduleId,
    spec: { intervals: [{ every: everyMs }], jitter: policy.jitterMs },
    action,
    policies: {
      overlap: ScheduleOverlapPolicy[policy.overlap],
      catchupWindow: policy.catchupWindowMs,
      pauseOnFailure: policy.pauseOnFailure,
    },
    state: { paused: paused ?? false },
  };
}
