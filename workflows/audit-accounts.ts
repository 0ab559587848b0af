import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import {
  executeChild,
  isCancellation,
  log,
  ParentClosePolicy,
  WorkflowIdReusePolicy,
} from '@temporalio/workflow';
import type { AuditAccountsResult } from '../src/contract/audit-account.ts';
import { ACCOUNT_ATTRIBUTE } from '../src/contract/search-attributes.ts';
import { auditWorkflowId } from '../src/contract/workflow-ids.ts';
import { toPriorityKey } from '../src/domain/priority.ts';
import { networkActivity } from './activity-proxies.ts';
import type { auditAccount } from './audit-account.ts';

/** Mailboxes that are listed side by side. */
const SIDE_BY_SIDE = 4;

const listAuditable = networkActivity('listAuditable', { priorityKey: toPriorityKey('LOW') });

/** Audits every account, a few at a time. One that cannot be listed does not hold up the others. */
export async function auditAccounts(): Promise<AuditAccountsResult> {
  const waiting = [...(await listAuditable())];
  const failed: string[] = [];
  let audited = 0;
  const work = async () => {
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
      const outcome = await audit(id);
      if (outcome === 'failed') failed.push(id);
      if (outcome === 'audited') audited += 1;
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, work));
  if (failed.length > 0) log.warn('Mailboxes could not be audited', { accounts: failed.length });
  return { audited, failed };
}

async function audit(accountId: string): Promise<'audited' | 'failed' | 'under way'> {
  try {
    await executeChild<typeof auditAccount>('auditAccount', {
      args: [{ accountId }],
      workflowId: auditWorkflowId(accountId),
      workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE,
      parentClosePolicy: ParentClosePolicy.ABANDON,
      typedSearchAttributes: [{ key: ACCOUNT_ATTRIBUTE, value: accountId }],
    });
    return 'audited';
  } catch (error) {
    if (isCancellation(error)) throw error;
    return error instanceof WorkflowExecutionAlreadyStartedError ? 'under way' : 'failed';
  }
}
