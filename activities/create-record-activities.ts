import type { RecordActivities } from '../src/contract/activities.ts';
import { ServiceError } from '../src/domain/service-error.ts';
import type { ActivityDependencies } from './dependencies.ts';

const DRAFT_STATES = { approve: 'approved', reject: 'rejected', expire: 'expired' } as const;
const VERDICTS = { approved: 'approve', rejected: 'reject', expired: 'expire' } as const;

/** One write each; all may be repeated. */
export function createRecordActivities(deps: ActivityDependencies): RecordActivities {
  const { messages, drafts, batches } = deps;
  return {
    async settleMessage({ messageId, outcome, note }) {
      deps.memory.delete(messageId);
      await messages.settle(messageId, outcome, note);
    },

    async quarantineMessage({ messageId, stage, failureType, reason }) {
      deps.memory.delete(messageId);
      await deps.quarantine.addMessage({ messageId, stage, failureType, reason: reason.slice(0, 1000) });
    },

    async decideDraft({ messageId, draftId, hash, verdict, by }) {
      if (verdict === 'approve' && deps.sender === undefined) {
        throw new ServiceError('Conflict', 'Nothing can be sent: SMTP is not configured', {
          fix: 'Set SMTP_HOST and restart the worker, then approve again.',
        });
      }
      const inForce = VERDICTS[await drafts.decide(draftId, hash, DRAFT_STATES[verdict], by)];
      if (inForce === 'approve') await messages.recordStage(messageId, 'send', 'running');
      return inForce;
    },

    changePriority: ({ messageId, priority, by }) => messages.changePriority(messageId, priority, by),

    recordBatchState: ({ batchId, state }) => batches.changeState(batchId, state),

    finishBatch: ({ batchId, state, reason }) => batches.finish(batchId, state, reason),

    async pauseAccount({ accountId, reason }) {
      await deps.accounts.changeState(accountId, 'paused', reason);
      await deps.pauseSchedule(accountId, reason);
    },
  };
}
