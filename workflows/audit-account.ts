import {
  CancellationScope,
  continueAsNew,
  isCancellation,
  log,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import policy from 'mailroom-policy';
import { type AuditAccountInput, mailWanted } from '../src/contract/audit-account.ts';
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

/** How far the healing has come; its pages are counted through, however often it begins again. */
interface Healing {
  page: number;
  /** The last key that was passed by. */
  after: string | undefined;
}

/** Whether refused mail was wanted since it was last asked. */
type TakeWanted = () => boolean;

/**
 * Compares a mailbox with our rows, both ways. What the mailbox holds and we do not is fetched and started like any other
 * mail; what cannot be fetched stays MISSING, is counted and alerts. What is wanted meanwhile is fetched before it ends.
 */
export async function auditAccount({ accountId, resumed }: AuditAccountInput): Promise<AuditTotals> {
  const audit = { accountId, auditId: resumed?.auditId ?? `audit-${workflowInfo().runId}` };
  const healing: Healing = { page: resumed?.page ?? 0, after: resumed?.after };
  const takeWanted = listenForWanted(healing);
  try {
    // What was wanted before the list is made is missing on it.
    takeWanted();
    const found = resumed ?? (await networkActivity('auditMailbox', toTasks(accountId))(audit));
    let unhealed: string | undefined;
    let isDue = takeWanted() || resumed !== undefined || found.missing > 0;
    for (;;) {
      while (isDue) {
        unhealed = await heal({ ...audit, ...found }, healing, takeWanted);
        isDue = takeWanted();
      }
      const note = [found.incomplete, unhealed].filter((each) => each !== undefined).join('; ');
      const totals = await finishAudit({ ...audit, failure: undefined, ...(note !== '' && { note }) });
      isDue = takeWanted();
      if (!isDue) return totals;
    }
  } catch (error) {
    if (isContinuing(error)) throw error;
    const failure = toFailure(error).reason;
    await CancellationScope.nonCancellable(() => finishAudit({ ...audit, failure }));
    throw error;
  }
}

function listenForWanted(healing: Healing): TakeWanted {
  let wanted = false;
  setHandler(mailWanted, () => {
    wanted = true;
  });
  return () => {
    const had = wanted;
    wanted = false;
    // Its key may lie before those that were passed by.
    if (had) healing.after = undefined;
    return had;
  };
}

function toTasks(accountId: string): TaskPriority {
  return { priorityKey: toPriorityKey('LOW'), fairnessKey: accountId };
}

/** Why some of it could not be fetched; undefined: it could, or is gone. */
async function heal(
  { accountId, auditId, missing, incomplete }: Audit & AuditFacts,
  healing: Healing,
  takeWanted: TakeWanted,
): Promise<string | undefined> {
  try {
    for (;;) {
      takeWanted();
      const healed = await healPage({ accountId, auditId }, healing);
      healing.page += 1;
      healing.after = healed.ended ? undefined : (healed.after ?? healing.after);
      if (healed.ended) break;
      if (workflowInfo().continueAsNewSuggested) {
        takeWanted();
        const next = { auditId, page: healing.page, missing, incomplete, after: healing.after };
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
  { page, after }: Healing,
): Promise<{ readonly ended: boolean; readonly after: string | undefined }> {
  const request = { ...audit, batchId: audit.auditId, page, maxItems: policy.workflows.pageItems };
  const facts = await networkActivity(
    'healMailbox',
    toTasks(audit.accountId),
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
