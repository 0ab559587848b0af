import { join } from 'node:path';
import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { readTextFile } from './analysis/taxonomy/read-text-file.ts';
import {
  type ActivityPolicies,
  type BundledPolicy,
  LOCAL_ACTIVITY_NAMES,
  NETWORK_ACTIVITY_QUEUES,
  type RetryPolicyMs,
} from './contract/activity-policy.ts';
import { QUEUES, type Queue } from './contract/queues.ts';
import { SEARCH_ATTRIBUTES } from './contract/search-attributes.ts';
import { expandAliases } from './domain/expand-aliases.ts';
import { isNestedTooDeep } from './domain/is-nested-too-deep.ts';
import { ServiceError } from './domain/service-error.ts';
import { PACKAGE_ROOT } from './package-root.ts';

const UNITS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

const duration = z
  .string()
  .regex(/^\d{1,6}(ms|s|m|h|d)$/, 'write a duration such as 500ms, 5s, 10m, 36h or 14d')
  .transform((text) => {
    const unit = text.replace(/^\d+/, '') as keyof typeof UNITS;
    return Number.parseInt(text, 10) * UNITS[unit];
  });

const retry = z.strictObject({
  attempts: z.int().min(0).max(10_000),
  initialInterval: duration,
  maximumInterval: duration,
  backoff: z.number().min(1).max(10),
});

const localActivity = retry.partial().extend({ startToClose: duration }).strict();

function networkActivity<Q extends Queue>(queue: Q) {
  return localActivity.extend({
    queue: z.literal(queue, { error: `this activity runs on the queue ${queue}` }),
    heartbeat: duration,
    scheduleToClose: duration.optional(),
  });
}

type NetworkSchema = ReturnType<typeof networkActivity<Exclude<Queue, 'main'>>>;

const activities = z.strictObject({
  ...(Object.fromEntries(LOCAL_ACTIVITY_NAMES.map((name) => [name, localActivity])) as Record<
    (typeof LOCAL_ACTIVITY_NAMES)[number],
    typeof localActivity
  >),
  ...(Object.fromEntries(
    Object.entries(NETWORK_ACTIVITY_QUEUES).map(([name, queue]) => [name, networkActivity(queue)]),
  ) as Record<keyof typeof NETWORK_ACTIVITY_QUEUES, NetworkSchema>),
});

const pollers = z.int().min(1).max(50);
const slots = z.int().min(1).max(1000);
const networkQueue = z.strictObject({
  activities: slots,
  ratePerSecond: z.number().positive().max(10_000).nullable(),
  pollers,
});

const attributes = z.strictObject(
  Object.fromEntries(SEARCH_ATTRIBUTES.map(({ name }) => [name, z.literal('Keyword')])) as Record<
    string,
    z.ZodLiteral<'Keyword'>
  >,
);

const schedule = z.strictObject({
  overlap: z.enum(['SKIP', 'BUFFER_ONE', 'CANCEL_OTHER', 'TERMINATE_OTHER']),
  catchupWindow: duration.refine((ms) => ms >= 10_000, 'at least 10s'),
  jitter: duration,
  pauseOnFailure: z.boolean(),
});

const everySchedule = schedule
  .extend({ every: duration.refine((ms) => ms >= 10_000, 'at least 10s') })
  .strict();

const schema = z.strictObject({
  namespace: z.strictObject({
    name: z
      .string()
      .regex(/^[a-zA-Z0-9][a-zA-Z0-9._-]{1,98}$/, 'letters, digits, dots and dashes, 2 to 99 characters'),
    retention: duration.refine((ms) => ms >= UNITS.d, 'Temporal keeps closed runs for at least 1d'),
  }),
  searchAttributes: attributes,
  schedules: z.strictObject({
    pull: schedule,
    sweep: everySchedule,
    audit: everySchedule,
  }),
  taskQueues: z.strictObject({
    main: z.strictObject({
      workflowTasks: z.int().min(2).max(1000),
      localActivities: slots,
      cachedWorkflows: z.int().min(10).max(100_000),
      pollers: z.int().min(2).max(50),
    }),
    mailbox: networkQueue,
    upkeep: networkQueue,
    watch: networkQueue,
    model: networkQueue,
    odoo: networkQueue,
    send: networkQueue,
  }),
  breakers: z.strictObject({ failures: z.int().min(1).max(1000), within: duration, reset: duration }),
  workflows: z.strictObject({
    approval: duration,
    slot: duration,
    grace: duration,
    pageItems: z.int().min(1).max(500),
    backfillAge: duration,
  }),
  defaults: retry,
  activities,
});

export interface SchedulePolicy {
  readonly overlap: 'SKIP' | 'BUFFER_ONE' | 'CANCEL_OTHER' | 'TERMINATE_OTHER';
  readonly catchupWindowMs: number;
  readonly jitterMs: number;
  readonly pauseOnFailure: boolean;
}

export type EverySchedulePolicy = SchedulePolicy & { readonly everyMs: number };

export interface TemporalConfig {
  readonly namespace: { readonly name: string; readonly retentionMs: number };
  readonly searchAttributes: Readonly<Record<string, 'Keyword'>>;
  readonly pullSchedule: SchedulePolicy;
  readonly sweepSchedule: EverySchedulePolicy;
  readonly auditSchedule: EverySchedulePolicy;
  readonly taskQueues: z.output<typeof schema>['taskQueues'];
  readonly breakers: { readonly failures: number; readonly withinMs: number; readonly resetMs: number };
  readonly policy: BundledPolicy;
}

export const DEFAULT_TEMPORAL_CONFIG = join(PACKAGE_ROOT, 'temporal.yaml');

/** Reads and validates `temporal.yaml`. Throws InvalidInput that names every fault with its line. */
export function loadTemporalConfig(path: string = DEFAULT_TEMPORAL_CONFIG): TemporalConfig {
  const fix = 'Set TEMPORAL_CONFIG to a file that is there, or unset it.';
  return parseTemporalConfig(readTextFile(path, { name: path, fix }), path);
}

export function parseTemporalConfig(text: string, path: string): TemporalConfig {
  if (isNestedTooDeep(text)) throw new ServiceError('InvalidInput', `${path} is nested too deep`);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const syntax = document.errors[0];
  if (syntax) throw new ServiceError('InvalidInput', `${path} is not YAML: ${syntax.message}`);
  const unresolved = (cause: unknown) =>
    new ServiceError('InvalidInput', `${path} has anchors and aliases that cannot be resolved`, {
      fix: 'Write out what they stand for.',
      cause,
    });
  const result = schema.safeParse(expandAliases(document, unresolved));
  if (result.success) return toTemporalConfig(result.data);
  const faults = result.error.issues.map((issue) => {
    const node: unknown = document.getIn(issue.path.map(String), true);
    const offset = hasRange(node) ? node.range[0] : undefined;
    const where = offset === undefined ? '' : ` (line ${lines.linePos(offset).line})`;
    return `  ${issue.path.join('.') || 'the file'}${where}: ${issue.message}`;
  });
  throw new ServiceError('InvalidInput', `${path} is not valid:\n${faults.join('\n')}`, {
    fix: 'Mend these lines; the file in the repository shows every key.',
  });
}

function hasRange(node: unknown): node is { range: [number, number, number] } {
  return typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range);
}

function toTemporalConfig(data: z.output<typeof schema>): TemporalConfig {
  const toRetry = (own: z.output<typeof localActivity>): RetryPolicyMs => {
    const initialMs = own.initialInterval ?? data.defaults.initialInterval;
    return {
      attempts: own.attempts ?? data.defaults.attempts,
      initialMs,
      maximumMs: Math.max(own.maximumInterval ?? data.defaults.maximumInterval, initialMs),
      backoff: own.backoff ?? data.defaults.backoff,
    };
  };
  const local = LOCAL_ACTIVITY_NAMES.map((name) => {
    const own = data.activities[name];
    return [name, { kind: 'local', startToCloseMs: own.startToClose, retry: toRetry(own) }] as const;
  });
  const network = QUEUED.map((name) => {
    const own = data.activities[name];
    const policy = {
      kind: 'network',
      queue: own.queue,
      startToCloseMs: own.startToClose,
      scheduleToCloseMs: own.scheduleToClose,
      heartbeatMs: own.heartbeat,
      retry: toRetry(own),
    } as const;
    return [name, policy] as const;
  });
  return {
    namespace: { name: data.namespace.name, retentionMs: data.namespace.retention },
    searchAttributes: data.searchAttributes,
    pullSchedule: toSchedulePolicy(data.schedules.pull),
    sweepSchedule: toEverySchedulePolicy(data.schedules.sweep),
    auditSchedule: toEverySchedulePolicy(data.schedules.audit),
    taskQueues: data.taskQueues,
    breakers: {
      failures: data.breakers.failures,
      withinMs: data.breakers.within,
      resetMs: data.breakers.reset,
    },
    policy: {
      activities: Object.fromEntries<unknown>([...local, ...network]) as ActivityPolicies,
      workflows: {
        approvalMs: data.workflows.approval,
        slotMs: data.workflows.slot,
        graceMs: data.workflows.grace,
        pageItems: data.workflows.pageItems,
        backfillAgeMs: data.workflows.backfillAge,
      },
    },
  };
}

function toSchedulePolicy(own: z.output<typeof schedule>): SchedulePolicy {
  const { overlap, catchupWindow: catchupWindowMs, jitter: jitterMs, pauseOnFailure } = own;
  return { overlap, catchupWindowMs, jitterMs, pauseOnFailure };
}

function toEverySchedulePolicy(own: z.output<typeof everySchedule>): EverySchedulePolicy {
  return { ...toSchedulePolicy(own), everyMs: own.every };
}

const QUEUED = Object.keys(NETWORK_ACTIVITY_QUEUES) as (keyof typeof NETWORK_ACTIVITY_QUEUES)[];

/** The keys of `taskQueues` and the queues of the contract are the same; the compiler says when they are not. */
export const CONFIGURED_QUEUES: readonly (keyof TemporalConfig['taskQueues'])[] = QUEUES;
