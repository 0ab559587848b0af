import { CancellationScope, continueAsNew, isCancellation, log, workflowInfo } from '@temporalio/workflow';
import policy from 'mailroom-policy';
import type { AuditAccountInput } from '../src/contract/audit-account.ts';
import type { AuditTotals } from '../src/domain/audit.ts';
import { toPriorityKey } from '../src/domain/priority.ts';
import { localActivity, networkActivity, type TaskPriority } from './activity-proxies.ts';
import { startDetached } from './start-message.ts';
import { toFailure } from './to-failure.ts';

const finishAudit = localActivity('finishAudit');
const finishBatch = localActivity('finishBatch');

interface Audit {
  readonly accountId: string;
  readonly auditId: string;
}

/**
 * Compares a mailbox with our rows, both ways. What the mailbox holds and we do not is fetched and started like any other
 * mail; what cannot be fetched stays MISSING, is counted and alerts.
 */
export async function auditAccount({ accountId, resumed }: AuditAccountInput): Promise<AuditTotals> {
  const audit = { accountId, auditId: resumed?.auditId ?? `audit-${workflowInfo().runId}` };
  const tasks = { priorityKey: toPriorityKey('LOW'), fairnessKey: accountId };
  try {
    const found = resumed ?? (await networkActivity('auditMailbox', tasks)(audit));
    const unhealed = found.missing > 0 ? await heal(audit, tasks, resumed?.page ?? 0) : undefined;
    const note = [found.incomplete, unhealed].filter((each) => each !== undefined).join('; ');
    return await finishAudit({ ...audit, failure: undefined, ...(note !== '' && { note }) });
  } catch (error) {
    if (isContinuing(error)) throw error;
    const failure = toFailure(error).reason;
    await CancellationScope.nonCancellable(() => finishAudit({ ...audit, failure }));
    throw error;
  }
}

/** Why some of it could not be fetched; undefined: it could, or is gone. */
async function heal(audit: Audit, tasks: TaskPriority, from: number): Promise<string | undefined> {
  try {
    for (let page = from; ; page += 1) {
      if (await healPage(audit, tasks, page)) break;
      if (workflowInfo().continueAsNewSuggested) {
        const resumed = { auditId: audit.auditId, page: page + 1, missing: 1, incomplete: undefined };
        await continueAsNew<typeof auditAccount>({ accountId: audit.accountId, resumed });
      }
    }
    return undefined;
  } catch (error) {
    if (isCancellation(error) || isContinuing(error)) throw error;
    const { type, reason } = toFailure(error);
    log.warn('Mail that is missing could not be fetched', { type });
    return reason;
  } finally {
    await CancellationScope.nonCancellable(() =>
      finishBatch({ batchId: audit.auditId, state: 'completed', reason: undefined }),
    );
  }
}

/** True when nothing is left that can be had; a page that brings nothing would bring nothing again. */
async function healPage(audit: Audit, tasks: TaskPriority, page: number): Promise<boolean> {
  const request = { ...audit, batchId: audit.auditId, page, maxItems: policy.workflows.pageItems };
  const { messageIds, items, done } = await networkActivity('healMailbox', tasks)(request);
  const { accountId } = audit;
  for (const messageId of messageIds) await startDetached({ accountId, messageId }, 'NORMAL');
  return done || items === 0;
}

/** What `continueAsNew` throws is no failure. */
function isContinuing(error: unknown): boolean {
  return error instanceof Error && error.name === 'ContinueAsNew';
}
