import type { ScheduleOptionsStartWorkflowAction } from '@temporalio/client';
import type { Workflow } from '@temporalio/common';
import type { SchedulePolicy } from '../temporal-config.ts';

/** What a schedule should be. */
export interface WantedSchedule {
  readonly scheduleId: string;
  readonly everyMs: number;
  /** Starts once as it is made, and not only at the next time. */
  readonly atOnce: boolean;
  /** undefined: as people left it. */
  readonly paused: boolean | undefined;
  readonly policy: SchedulePolicy;
  readonly action: ScheduleOptionsStartWorkflowAction<Workflow> & { readonly workflowId: string };
}

/** What can be compared with what a server has. */
export interface ScheduleFacts {
  readonly everyMs: number | undefined;
  readonly overlap: string;
  readonly catchupWindowMs: number;
  readonly jitterMs: number;
  readonly pauseOnFailure: boolean;
  readonly paused: boolean | undefined;
  /** Workflow type, id and task queue. */
  readonly starts: string;
}

export function toScheduleFacts({ everyMs, paused, policy, action }: WantedSchedule): ScheduleFacts {
  const { workflowType, workflowId, taskQueue } = action;
  return { everyMs, ...policy, paused, starts: `${String(workflowType)} ${workflowId} on ${taskQueue}` };
}
