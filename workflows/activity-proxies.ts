import {
  ActivityCancellationType,
  type ActivityInterface,
  type ActivityOptions,
  proxyActivities,
  proxyLocalActivities,
  type RetryPolicy,
} from '@temporalio/workflow';
import policy from 'mailroom-policy';
import type { LocalActivities, NetworkActivities } from '../src/contract/activities.ts';
import type { NetworkActivityPolicy, RetryPolicyMs } from '../src/contract/activity-policy.ts';
import { QUEUE_NAMES } from '../src/contract/queues.ts';
import { NON_RETRYABLE } from '../src/domain/failure.ts';

/** How soon and for which account a task is handed out. */
export type TaskPriority = NonNullable<ActivityOptions['priority']>;

type LocalName = keyof LocalActivities;
type NetworkName = keyof NetworkActivities;

/** A local activity with the policy that `temporal.yaml` gives it. */
export function localActivity<N extends LocalName>(name: N): LocalActivities[N] {
  const own = policy.activities[name];
  const proxy = proxyLocalActivities<LocalActivities & ActivityInterface>({
    startToCloseTimeout: own.startToCloseMs,
    retry: toRetryPolicy(own.retry),
    // A wait becomes a timer: it holds no task open, and a step that is interrupted leaves it at once.
    localRetryThreshold: '1s',
    // A cancelled step may still write: nothing that comes after may overtake it.
    cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
  });
  return proxy[name] as LocalActivities[N];
}

/** A regular activity on its own queue, more pressing messages first, accounts in turn. */
export function networkActivity<N extends NetworkName>(
  name: N,
  priority: TaskPriority,
): NetworkActivities[N] {
  const own: NetworkActivityPolicy = policy.activities[name];
  const options: ActivityOptions = {
    taskQueue: QUEUE_NAMES[own.queue],
    startToCloseTimeout: own.startToCloseMs,
    heartbeatTimeout: own.heartbeatMs,
    retry: toRetryPolicy(own.retry),
    // Two attempts of one step must never run side by side: a cancelled one is waited for.
    cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
    priority,
  };
  if (own.scheduleToCloseMs !== undefined) options.scheduleToCloseTimeout = own.scheduleToCloseMs;
  return proxyActivities<NetworkActivities & ActivityInterface>(options)[name] as NetworkActivities[N];
}

function toRetryPolicy(retry: RetryPolicyMs): RetryPolicy {
  return {
    initialInterval: retry.initialMs,
    maximumInterval: retry.maximumMs,
    backoffCoefficient: retry.backoff,
    nonRetryableErrorTypes: [...NON_RETRYABLE],
    ...(retry.attempts === 0 ? {} : { maximumAttempts: retry.attempts }),
  };
}
