import type { Client } from '@temporalio/client';
import { withinLimit } from '../../api/controls/within-limit.ts';
import type { PullAccountInput } from '../contract/pull-account.ts';
import { QUEUE_NAMES } from '../contract/queues.ts';
import { ACCOUNT_ATTRIBUTE } from '../contract/search-attributes.ts';
import {
  AUDIT_SCHEDULE_ID,
  AUDIT_WORKFLOW_ID,
  pullScheduleId,
  pullWorkflowId,
  SWEEP_SCHEDULE_ID,
  SWEEP_WORKFLOW_ID,
} from '../contract/workflow-ids.ts';
import type { Account } from '../domain/account.ts';
import type { EverySchedulePolicy, SchedulePolicy, TemporalConfig } from '../temporal-config.ts';
import { ifThere } from './if-there.ts';
import { readSchedule } from './read-schedule.ts';
import { resumeSchedule } from './resume-schedule.ts';
import type { ScheduleFacts, WantedSchedule } from './wanted-schedule.ts';
import { writeSchedule } from './write-schedule.ts';

/** One write of a schedule, which is up to three requests. */
const LIMIT_MS = 10_000;

export type SchedulePolicies = Pick<TemporalConfig, 'pullSchedule' | 'sweepSchedule' | 'auditSchedule'>;

export interface Schedules {
  /** Makes the schedule of the account what it should be; none for mode manual, or once it was removed. */
  ensure(account: Account): Promise<void>;
  pause(accountId: string, note: string): Promise<void>;
  /** Also pulls at once: it may be a day to the next time of its schedule. */
  resume(accountId: string): Promise<void>;
  remove(accountId: string): Promise<void>;
  find(accountId: string): Promise<ScheduleFacts | undefined>;
  /** Account ids that have a schedule. */
  list(): Promise<string[]>;
  /** Makes a schedule of the house what it should be: one of `toHouseSchedules`. */
  ensureHouse(wanted: WantedSchedule): Promise<void>;
  findHouse(scheduleId: string): Promise<ScheduleFacts | undefined>;
}

/**
 * One Temporal schedule for each account that is pulled by itself, one for the sweep and one for the audit; they replace cron.
 * What people change of an account throws ServiceError only: Unavailable when Temporal does not answer within `limitMs`.
 */
export function createSchedules(client: Client, policies: SchedulePolicies, limitMs = LIMIT_MS): Schedules {
  const handle = (accountId: string) => client.schedule.getHandle(pullScheduleId(accountId));
  const within = (call: () => Promise<unknown>): Promise<void> =>
    withinLimit(client, limitMs, async () => void (await call()));
  const remove = (accountId: string) => within(() => ifThere(() => handle(accountId).delete()));

  return {
    async ensure(account) {
      if (!isScheduled(account)) return remove(account.id);
      await within(() => writeSchedule(client, toPullSchedule(account, policies.pullSchedule)));
    },
    pause: (accountId, note) => within(() => ifThere(() => handle(accountId).pause(note.slice(0, 200)))),
    resume: (accountId) => within(() => resumeSchedule(client, pullScheduleId(accountId))),
    remove,
    find: (accountId) => readSchedule(client, pullScheduleId(accountId)),
    async list() {
      const ids: string[] = [];
      for await (const { scheduleId } of client.schedule.list()) {
        if (scheduleId.startsWith('pull/')) ids.push(scheduleId.slice('pull/'.length));
      }
      return ids;
    },
    ensureHouse: (wanted) => writeSchedule(client, wanted),
    findHouse: (scheduleId) => readSchedule(client, scheduleId),
  };
}

/** It is pulled by itself: not on demand only, and it was not removed. */
export function isScheduled({ mode, state }: Pick<Account, 'mode' | 'state'>): boolean {
  return mode !== 'manual' && state !== 'removed';
}

/** What `temporal.yaml` and the account ask for. */
export function toPullSchedule(account: Account, policy: SchedulePolicy): WantedSchedule {
  const input: PullAccountInput = { accountId: account.id };
  return {
    scheduleId: pullScheduleId(account.id),
    everyMs: account.pullEverySeconds * 1000,
    atOnce: true,
    paused: account.state === 'paused',
    policy,
    action: {
      type: 'startWorkflow',
      workflowType: 'pullAccount',
      workflowId: pullWorkflowId(account.id),
      taskQueue: QUEUE_NAMES.main,
      args: [input],
      typedSearchAttributes: [{ key: ACCOUNT_ATTRIBUTE, value: account.id }],
    },
  };
}

/** Those that are for all accounts together. */
export function toHouseSchedules({
  sweepSchedule,
  auditSchedule,
}: Pick<TemporalConfig, 'sweepSchedule' | 'auditSchedule'>): WantedSchedule[] {
  return [
    toHouseSchedule(sweepSchedule, SWEEP_SCHEDULE_ID, 'sweepMessages', SWEEP_WORKFLOW_ID),
    toHouseSchedule(auditSchedule, AUDIT_SCHEDULE_ID, 'auditAccounts', AUDIT_WORKFLOW_ID),
  ];
}

function toHouseSchedule(
  { everyMs, ...policy }: EverySchedulePolicy,
  scheduleId: string,
  workflowType: string,
  workflowId: string,
): WantedSchedule {
  return {
    scheduleId,
    everyMs,
    atOnce: false,
    paused: undefined,
    policy,
    action: {
      type: 'startWorkflow',
      workflowType,
      workflowId,
      taskQueue: QUEUE_NAMES.main,
      args: [],
    },
  };
}
