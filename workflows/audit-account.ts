import { CancellationScope, continueAsNew, isCancellation, log, workflowInfo } from '@temporalio/workflow';
import policy from 'mailroom-policy';
import type { AuditAccountInput } from '../src/contract/audit-account.ts';
import type { AuditFacts } from '../src/contract/upkeep-activities.ts';
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
    const unhealed = found.missing > 0 ? await heal({ ...audit, ...found }, tasks, resumed) : undefined;
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
async function heal(
  { accountId, auditId, missing, incomplete }: Audit & AuditFacts,
  tasks: TaskPriority,
  resumed: AuditAccountInput['resumed'],
): Promise<string | undefined> {
  try {
    let after = resumed?.after;
    for (let page = resumed?.page ?? 0; ; page += 1) {
      const healed = await healPage({ accountId, auditId }, tasks, page, after);
      if (healed.ended) break;
      after = healed.after ?? after;
      if (workflowInfo().continueAsNewSuggested) {
        const next = { auditId, page: page + 1, missing, incomplete, after };
        await continueAsNew<typeof auditAccount>({ accountId, resumed: next });
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
      finishBatch({ batchId: auditId, state: 'completed', reason: undefined }),
    );
  }
}

/** Ended when nothing is left that can be had. */
async function healPage(
  audit: Audit,
  tasks: TaskPriority,
  page: number,
  after: string | undefined,
): Promise<{ readonly ended: boolean; readonly after: string | undefined }> {
  const request = { ...audit, batchId: audit.auditId, page, maxItems: policy.workflows.pageItems };
  const facts = await networkActivity(
    'healMailbox',
    tasks,
  )({
    ...request,
    ...(after !== undefined && { after }),
  });
  const { accountId } = audit;
  for (const messageId of facts.messageIds) await startDetached({ accountId, messageId }, 'NORMAL');
  return { ended: facts.done || (facts.items === 0 && facts.after === undefined), after: facts.after };
}

/** What `continueAsNew` throws is no failure. */
function isContinuing(error: unknown): boolean {
  return error instanceof Error && error.name === 'ContinueAsNew';
}
