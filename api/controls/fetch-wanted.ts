import type { Client } from '@temporalio/client';
import { type AuditAccountInput, mailWanted } from '../../src/contract/audit-account.ts';
import { QUEUE_NAMES } from '../../src/contract/queues.ts';
import { ACCOUNT_ATTRIBUTE } from '../../src/contract/search-attributes.ts';
import { auditWorkflowId } from '../../src/contract/workflow-ids.ts';
import { toPriorityKey } from '../../src/domain/priority.ts';
import { toServiceError } from './to-service-error.ts';

/** Tells the audit that runs to look once more before it ends, or starts one: in one request, so that nothing falls between. */
export async function fetchWanted(client: Client, accountId: string): Promise<void> {
  const input: AuditAccountInput = { accountId };
  try {
    await client.workflow.signalWithStart('auditAccount', {
      workflowId: auditWorkflowId(accountId),
      taskQueue: QUEUE_NAMES.main,
      args: [input],
      signal: mailWanted,
      signalArgs: [],
      typedSearchAttributes: [{ key: ACCOUNT_ATTRIBUTE, value: accountId }],
      priority: { priorityKey: toPriorityKey('NORMAL'), fairnessKey: accountId },
    });
  } catch (error) {
    throw toServiceError(error);
  }
}
