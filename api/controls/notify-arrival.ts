import type { Client } from '@temporalio/client';
import { mailArrived, type PullAccountInput } from '../../src/contract/pull-account.ts';
import { QUEUE_NAMES } from '../../src/contract/queues.ts';
import { ACCOUNT_ATTRIBUTE } from '../../src/contract/search-attributes.ts';
import { pullWorkflowId } from '../../src/contract/workflow-ids.ts';
import { toPriorityKey } from '../../src/domain/priority.ts';
import { toServiceError } from './to-service-error.ts';

/** Tells the pull that runs to look once more, or starts one: in one request, so that no arrival falls between. */
export async function notifyArrival(client: Client, accountId: string): Promise<void> {
  const input: PullAccountInput = { accountId };
  try {
    await client.workflow.signalWithStart('pullAccount', {
      workflowId: pullWorkflowId(accountId),
      taskQueue: QUEUE_NAMES.main,
      args: [input],
      signal: mailArrived,
      signalArgs: [],
      typedSearchAttributes: [{ key: ACCOUNT_ATTRIBUTE, value: accountId }],
      priority: { priorityKey: toPriorityKey('HIGH'), fairnessKey: accountId },
    });
  } catch (error) {
    throw toServiceError(error);
  }
}
