import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { ParentClosePolicy, startChild, WorkflowIdReusePolicy } from '@temporalio/workflow';
import { ACCOUNT_ATTRIBUTE } from '../src/contract/search-attributes.ts';
import { watchWorkflowId } from '../src/contract/workflow-ids.ts';
import type { watchAccount } from './watch-account.ts';

/** Every pull makes sure that its mailbox is watched: a watch that ended for whatever reason begins again. */
export async function startWatch(accountId: string): Promise<void> {
  try {
    await startChild<typeof watchAccount>('watchAccount', {
      args: [{ accountId }],
      workflowId: watchWorkflowId(accountId),
      workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE,
      parentClosePolicy: ParentClosePolicy.ABANDON,
      typedSearchAttributes: [{ key: ACCOUNT_ATTRIBUTE, value: accountId }],
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}
