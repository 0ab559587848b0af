import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import {
  CancellationScope,
  type ChildWorkflowHandle,
  ParentClosePolicy,
  startChild,
  WorkflowIdReusePolicy,
} from '@temporalio/workflow';
import type { ProcessMessageInput } from '../src/contract/process-message.ts';
import { ACCOUNT_ATTRIBUTE, STAGE_ATTRIBUTE } from '../src/contract/search-attributes.ts';
import { messageWorkflowId } from '../src/contract/workflow-ids.ts';
import { BACKFILL_PRIORITY_KEY, type Priority, toPriorityKey } from '../src/domain/priority.ts';
import type { processMessage } from './process-message.ts';

export type MessageHandle = ChildWorkflowHandle<typeof processMessage>;

/**
 * Starts the run of a parked message; undefined when it has one already, for `again` also one that has ended well. It
 * outlives its parent.
 */
export async function startMessage(
  input: ProcessMessageInput,
  priority: Priority | undefined,
  again = false,
): Promise<MessageHandle | undefined> {
  try {
    return await startChild<typeof processMessage>('processMessage', {
      args: [priority === undefined ? { ...input, backfill: true } : input],
      workflowId: messageWorkflowId(input.accountId, input.messageId),
      workflowIdReusePolicy: again
        ? WorkflowIdReusePolicy.ALLOW_DUPLICATE_FAILED_ONLY
        : WorkflowIdReusePolicy.ALLOW_DUPLICATE,
      parentClosePolicy: ParentClosePolicy.ABANDON,
      priority: {
        priorityKey: priority === undefined ? BACKFILL_PRIORITY_KEY : toPriorityKey(priority),
        fairnessKey: input.accountId,
      },
      typedSearchAttributes: [
        { key: ACCOUNT_ATTRIBUTE, value: input.accountId },
        { key: STAGE_ATTRIBUTE, value: 'read' },
      ],
    });
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return undefined;
    throw error;
  }
}

/** The same for a parent that does not follow its runs: cancelling it must not cancel them. */
export function startDetached(
  input: ProcessMessageInput,
  priority: Priority | undefined,
  again = false,
): Promise<MessageHandle | undefined> {
  return CancellationScope.nonCancellable(() => startMessage(input, priority, again));
}
