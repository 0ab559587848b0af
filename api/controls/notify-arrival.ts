import type { Client } from '@temporalio/client';
import { mailArrived, type PullAccountInput } from '../../src/contract/pull-account.ts';
import { pullWorkflowId } from '../../src/contract/workflow-ids.ts';
import { tellOrStart } from './tell-or-start.ts';

/** Tells the pull that runs to look once more, or starts one. */
export function notifyArrival(client: Client, accountId: string): Promise<void> {
  const input: PullAccountInput = { accountId };
  const run = { workflowId: pullWorkflowId(accountId), accountId, input, priority: 'HIGH' } as const;
  return tellOrStart(client, 'pullAccount', run, mailArrived);
}
