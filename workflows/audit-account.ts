import { CancellationScope, workflowInfo } from '@temporalio/workflow';
import policy from 'mailroom-policy';
import type { AuditAccountInput } from '../src/contract/audit-account.ts';
import type { AuditTotals } from '../src/domain/audit.ts';
import { toPriorityKey } from '../src/domain/priority.ts';
import { localActivity, networkActivity } from './activity-proxies.ts';
import { startDetached } from './start-message.ts';
import { toFailure } from './to-failure.ts';

const finishAudit = localActivity('finishAudit');
const finishBatch = localActivity('finishBatch');

/**
 * Compares a mailbox with our rows, both ways. What the mailbox holds and we do not is fetched and started like any other
 * mail; what cannot be fetched stays MISSING, is counted and alerts.
 */
export async function auditAccount({ accountId }: AuditAccountInput): Promise<AuditTotals> {
  const audit = { accountId, auditId: `audit-${workflowInfo().runId}` };
  const tasks = { priorityKey: toPriorityKey('LOW'), fairnessKey: accountId };
  try {
    const { missing } = await networkActivity('auditMailbox', tasks)(audit);
    if (missing > 0) await heal(audit, tasks);
    return await finishAudit({ ...audit, failure: undefined });
  } catch (error) {
    const failure = toFailure(error).reason;
    await CancellationScope.nonCancellable(() => finishAudit({ ...audit, failure }));
    throw error;
  }
}

async function heal(
  audit: { readonly accountId: string; readonly auditId: string },
  tasks: { readonly priorityKey: number; readonly fairnessKey: string },
): Promise<void> {
  const { accountId } = audit;
  const batchId = audit.auditId;
  const fetch = networkActivity('healMailbox', tasks);
  for (let page = 0; ; page += 1) {
    const { messageIds, done } = await fetch({
      ...audit,
      batchId,
      page,
      maxItems: policy.workflows.pageItems,
    });
    for (const messageId of messageIds) await startDetached({ accountId, messageId }, 'NORMAL');
    if (done) break;
  }
  await finishBatch({ batchId, state: 'completed', reason: undefined });
}
