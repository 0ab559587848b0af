import {
  type Client,
  ScheduleAlreadyRunning,
  ScheduleNotFoundError,
  type ScheduleOptions,
  ScheduleOverlapPolicy,
  type ScheduleUpdateOptions,
} from '@temporalio/client';
import type { PullAccountInput } from '../contract/pull-account.ts';
import { QUEUE_NAMES } from '../contract/queues.ts';
import { ACCOUNT_ATTRIBUTE } from '../contract/search-attributes.ts';
import { pullScheduleId, pullWorkflowId } from '../contract/workflow-ids.ts';
import type { Account } from '../domain/account.ts';
import type { TemporalConfig } from '../temporal-config.ts';

export type PullSchedulePolicy = TemporalConfig['pullSchedule'];

export interface ScheduleFacts {
  readonly everyMs: number | undefined;
  readonly overlap: string;
  readonly catchupWindowMs: number;
  readonly jitterMs: number;
  readonly pauseOnFailure: boolean;
  readonly paused: boolean;
  /** Workflow type, id and task queue. */
  readonly starts: string;
}

export interface Schedules {
  /**
   * Makes the schedule of the account what it should be; none for mode manual. Writes without asking first: the server
   * may still answer with what was there before the last write.
   */
  ensure(account: Account): Promise<void>;
  pause(accountId: string, note: string): Promise<void>;
  resume(accountId: string): Promise<void>;
  remove(accountId: string): Promise<void>;
  find(accountId: string): Promise<ScheduleFacts | undefined>;
  /** Account ids that have a schedule. */
  list(): Promise<string[]>;
}

/** One Temporal schedule for each account that is pulled by itself; they replace cron. */
export function createSchedules(client: Client, policy: PullSchedulePolicy): Schedules {
  const handle = (accountId: string) => client.schedule.getHandle(pullScheduleId(accountId));

  const find = async (accountId: string): Promise<ScheduleFacts | undefined> => {
    const found = await ifThere(() => handle(accountId).describe());
    return (
      found && {
        everyMs: found.spec.intervals?.[0]?.every,
        overlap: found.policies.overlap ?? 'UNSPECIFIED',
        catchupWindowMs: found.policies.catchupWindow,
        jitterMs: found.spec.jitter ?? 0,
        pauseOnFailure: found.policies.pauseOnFailure,
        paused: found.state.paused,
        starts: toStarts(found.action),
      }
    );
  };

  return {
    async ensure(account) {
      if (account.mode === 'manual') {
        await ifThere(() => handle(account.id).delete());
        return;
      }
      const { scheduleId, ...wanted } = toScheduleOptions(account, policy);
      try {
        await client.schedule.create({ scheduleId, ...wanted });
      } catch (error) {
        if (!(error instanceof ScheduleAlreadyRunning)) throw error;
        await handle(account.id).update((before) => ({
          ...(wanted as ScheduleUpdateOptions),
          state: { ...before.state, paused: account.state === 'paused' },
        }));
      }
    },
    async pause(accountId, note) {
      await ifThere(() => handle(accountId).pause(note.slice(0, 200)));
    },
    async resume(accountId) {
      await ifThere(() => handle(accountId).unpause());
    },
    async remove(accountId) {
      await ifThere(() => handle(accountId).delete());
    },
    find,
    async list() {
      const ids: string[] = [];
      for await (const { scheduleId } of client.schedule.list()) {
        if (scheduleId.startsWith('pull/')) ids.push(scheduleId.slice('pull/'.length));
      }
      return ids;
    },
  };
}

/** What `temporal.yaml` and the account ask for. */
export function toScheduleFacts(account: Account, policy: PullSchedulePolicy): ScheduleFacts {
  return {
    everyMs: account.pullEverySeconds * 1000,
    overlap: policy.overlap,
    catchupWindowMs: policy.catchupWindowMs,
    jitterMs: policy.jitterMs,
    pauseOnFailure: policy.pauseOnFailure,
    paused: account.state === 'paused',
    starts: toStarts(toAction(account)),
  };
}

function toScheduleOptions(account: Account, policy: PullSchedulePolicy): ScheduleOptions {
  return {
    scheduleId: pullScheduleId(account.id),
    spec: { intervals: [{ every: account.pullEverySeconds * 1000 }], jitter: policy.jitterMs },
    action: toAction(account),
    policies: {
      overlap: ScheduleOverlapPolicy[policy.overlap],
      catchupWindow: policy.catchupWindowMs,
      pauseOnFailure: policy.pauseOnFailure,
    },
    state: { paused: account.state === 'paused' },
  };
}

function toAction(account: Account) {
  const input: PullAccountInput = { accountId: account.id };
  return {
    type: 'startWorkflow' as const,
    workflowType: 'pullAccount',
    workflowId: pullWorkflowId(account.id),
    taskQueue: QUEUE_NAMES.main,
    args: [input],
    typedSearchAttributes: [{ key: ACCOUNT_ATTRIBUTE, value: account.id }],
  };
}

function toStarts(action: { workflowType: string; workflowId: string; taskQueue: string }): string {
  return `${action.workflowType} ${action.workflowId} on ${action.taskQueue}`;
}

async function ifThere<T>(call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof ScheduleNotFoundError) return undefined;
    throw error;
  }
}
