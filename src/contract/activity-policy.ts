import type { ActivityName, LocalActivities, NetworkActivities } from './activities.ts';
import type { Queue } from './queues.ts';

export interface RetryPolicyMs {
  /** Attempts in all; 0 means for ever. */
  readonly attempts: number;
  readonly initialMs: number;
  readonly maximumMs: number;
  readonly backoff: number;
}

export interface LocalActivityPolicy {
  readonly kind: 'local';
  readonly startToCloseMs: number;
  readonly retry: RetryPolicyMs;
}

export interface NetworkActivityPolicy {
  readonly kind: 'network';
  readonly queue: Exclude<Queue, 'main'>;
  readonly startToCloseMs: number;
  readonly scheduleToCloseMs: number | undefined;
  readonly heartbeatMs: number;
  readonly retry: RetryPolicyMs;
}

/** What `temporal.yaml` says of each activity; compiled into the workflow bundle. */
export type ActivityPolicies = {
  readonly [N in ActivityName]: N extends keyof LocalActivities ? LocalActivityPolicy : NetworkActivityPolicy;
};

export interface WorkflowPolicy {
  /** How long a draft waits for a person. */
  readonly approvalMs: number;
  /** A child that has not moved for so long no longer holds a place in a batch's window. */
  readonly slotMs: number;
  /** A message that was parked so long ago and has no run is taken up by the sweep. */
  readonly graceMs: number;
  /** Items in one page of a mailbox. */
  readonly pageItems: number;
  /** Mail of a mailbox that is so old yields to live mail. */
  readonly backfillAgeMs: number;
}

export interface BundledPolicy {
  readonly activities: ActivityPolicies;
  readonly workflows: WorkflowPolicy;
}

export const LOCAL_ACTIVITY_NAMES = [
  'readMessage',
  'classifyMessage',
  'prioritizeMessage',
  'summarizeMessage',
  'draftReply',
  'settleMessage',
  'quarantineMessage',
  'decideDraft',
  'changePriority',
  'recordBatchState',
  'finishBatch',
  'pauseAccount',
  'finishAudit',
] as const satisfies readonly (keyof LocalActivities)[];

export const NETWORK_ACTIVITY_QUEUES = {
  fetchPage: 'mailbox',
  findOrphans: 'mailbox',
  removeAccountData: 'upkeep',
  auditMailbox: 'upkeep',
  healMailbox: 'upkeep',
  listAuditable: 'upkeep',
  renewPush: 'mailbox',
  markMessage: 'mailbox',
  watchMailbox: 'watch',
  consultModel: 'model',
  syncPartner: 'odoo',
  deliverDraft: 'send',
} as const satisfies Record<keyof NetworkActivities, Exclude<Queue, 'main'>>;
