import { log } from '@temporalio/activity';
import type { RecordActivities } from '../src/contract/activities.ts';
import { countUnaccounted } from '../src/domain/audit.ts';
import type { MessageView, Stage } from '../src/domain/message.ts';
import { senderKeyOf } from '../src/domain/sender-key.ts';
import { ServiceError } from '../src/domain/service-error.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { currentRunId, memoryKey } from './message-memory.ts';

/** What was read is put on record with the summary. */
const UNSAVED: ReadonlySet<Stage> = new Set(['classify', 'prioritize', 'summarize']);
const DRAFT_STATES = { approve: 'approved', reject: 'rejected', expire: 'expired' } as const;
const VERDICTS = { approved: 'approve', rejected: 'reject', expired: 'expire' } as const;

/** One write each; all may be repeated. */
export function createRecordActivities(deps: ActivityDependencies): RecordActivities {
  const { messages, drafts, batches } = deps;

  /** So that a person sees what could not be decided. It may be the very thing that failed. */
  async function saveRead(accountId: string, messageId: string, view: MessageView): Promise<void> {
    try {
      await messages.saveView(accountId, messageId, view);
    } catch (error) {
      if (!(error instanceof ServiceError) || error.type === 'Unavailable') throw error;
      log.warn('The view of a quarantined message could not be stored', { type: error.type });
    }
  }

  return {
    async settleMessage({ messageId, outcome, note }) {
      await messages.settle(messageId, outcome, note, { runId: currentRunId() });
      deps.memory.delete(memoryKey(messageId));
    },

    async quarantineMessage({ accountId, messageId, stage, failureType, reason }) {
      const read = deps.memory.get(memoryKey(messageId));
      if (read !== undefined && UNSAVED.has(stage)) await saveRead(accountId, messageId, read.view);
      const entry = { messageId, stage, failureType, reason: reason.slice(0, 1000) };
      await deps.quarantine.addMessage({ ...entry, runId: currentRunId() });
      deps.memory.delete(memoryKey(messageId));
    },

    async decideDraft({ accountId, messageId, draftId, hash, verdict, by }) {
      if (verdict === 'approve' && deps.sender === undefined) {
        throw new ServiceError('Conflict', 'Nothing can be sent: SMTP is not configured', {
          fix: 'Set SMTP_HOST and restart the worker, then approve again.',
        });
      }
      const inForce = VERDICTS[await drafts.decide(draftId, hash, DRAFT_STATES[verdict], by)];
      if (inForce === 'approve') {
        await messages.recordStage(messageId, 'send', 'running');
        await recordHandled(deps, accountId, messageId);
      }
      return inForce;
    },

    changePriority: ({ messageId, priority, by }) => messages.changePriority(messageId, priority, by),

    recordBatchState: ({ batchId, state }) => batches.changeState(batchId, state),

    finishBatch: ({ batchId, state, reason }) => batches.finish(batchId, state, reason),

    async finishAudit({ accountId, auditId, failure, note }) {
      const totals = await deps.audits.finish(accountId, auditId, { failure, note });
      const unaccounted = countUnaccounted(totals);
      if (unaccounted > 0) log.error('Mail is unaccounted for', { accountId, auditId, unaccounted });
      else if (totals.healed > 0) log.warn('Mail was missing and is fetched', { accountId, ...totals });
      return totals;
    },

    async pauseAccount({ accountId, reason }) {
      await deps.accounts.changeState(accountId, 'paused', reason);
      await deps.pauseSchedule(accountId, reason);
    },
  };
}

/** Whoever approves an answer finds the category right, too: it counts for the next mail of that sender. */
async function recordHandled(
  { messages, senderDecisions }: ActivityDependencies,
  accountId: string,
  messageId: string,
): Promise<void> {
  const analysis = await messages.findAnalysis(messageId);
  if (analysis === undefined) return;
  const sender = senderKeyOf(await messages.getView(messageId), 'category');
  if (sender === undefined) return;
  const label = analysis.effectiveCategory ?? analysis.classification.category;
  await senderDecisions.save({ accountId, messageId, field: 'category', label, sender });
}
