import { ApplicationFailure, setHandler, sleep } from '@temporalio/workflow';
import {
  cancelMessage,
  changePriorityUpdate,
  decideDraftUpdate,
  messageStatus,
  type ProcessMessageInput,
  retryNow,
  skipMessage,
} from '../src/contract/process-message.ts';
import { PRIORITIES } from '../src/domain/priority.ts';
import { localActivity } from './activity-proxies.ts';
import { type MessageRun, refuseDecision, refuseRepeated, toMessageStatus, toNote } from './message-run.ts';
import type { StepRunner } from './step-runner.ts';

const decideDraft = localActivity('decideDraft');
const changePriority = localActivity('changePriority');

/** Signals, updates and queries of one run. What they record is recorded between its steps, never beside one. */
export function listenToPeople(input: ProcessMessageInput, run: MessageRun, steps: StepRunner): void {
  const ref = { accountId: input.accountId, messageId: input.messageId };
  setHandler(messageStatus, () => toMessageStatus(run));
  setHandler(retryNow, () => {
    if (!run.waitingForApproval) steps.retryNow();
  });
  setHandler(skipMessage, (control) => steps.stop({ kind: 'skip', note: toNote(control) }));
  setHandler(cancelMessage, (control) => steps.stop({ kind: 'cancel', note: toNote(control) }));
  setHandler(
    decideDraftUpdate,
    async (decision) => {
      // Puts the acceptance on record first: a kill right after Postgres was told must not lose it for the run.
      await sleep(1);
      await steps.record(async () => {
        // Of several at the same moment the first one counts.
        const refusal = refuseRepeated(run, decision);
        if (refusal !== undefined) throw ApplicationFailure.nonRetryable(refusal, 'Conflict');
        if (run.decision === undefined) await decideDraft({ ...ref, ...decision });
        run.decision = decision.verdict;
      });
    },
    {
      validator(decision) {
        const refusal = refuseDecision(run, decision);
        if (refusal !== undefined) throw ApplicationFailure.nonRetryable(refusal, 'Conflict');
      },
    },
  );
  setHandler(
    changePriorityUpdate,
    async ({ priority, by }) => {
      await steps.record(() => changePriority({ ...ref, priority, by }));
      run.priority = priority;
      run.priorityChosen = true;
    },
    {
      validator({ priority }) {
        if (PRIORITIES.includes(priority)) return;
        throw ApplicationFailure.nonRetryable(`Priority is one of ${PRIORITIES.join(', ')}`, 'InvalidInput');
      },
    },
  );
}
