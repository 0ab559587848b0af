import type { WorkflowOptions } from '@temporalio/client';
import { QUEUE_NAMES } from '../../src/contract/queues.ts';
import { ACCOUNT_ATTRIBUTE } from '../../src/contract/search-attributes.ts';
import { type Priority, toPriorityKey } from '../../src/domain/priority.ts';

export interface StartRequest {
  readonly workflowId: string;
  readonly accountId: string;
  /** The only argument of its workflow. */
  readonly input: object;
  readonly priority?: Priority;
}

/** How a run of an account is started, whoever asks for it: where, found by its account, in turn with those of others. */
export function toStartOptions({ workflowId, accountId, input, priority = 'NORMAL' }: StartRequest) {
  return {
    workflowId,
    taskQueue: QUEUE_NAMES.main,
    args: [input],
    typedSearchAttributes: [{ key: ACCOUNT_ATTRIBUTE, value: accountId }],
    priority: { priorityKey: toPriorityKey(priority), fairnessKey: accountId },
  } satisfies WorkflowOptions & { args: unknown[] };
}
