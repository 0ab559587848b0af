import type { Control, DraftDecision, MessageStatus } from '../src/contract/process-message.ts';
import type { Stage } from '../src/domain/message.ts';
import type { Priority } from '../src/domain/priority.ts';

/** What one run knows of its message. Ids and small facts only: it can be queried and ends in histories. */
export interface MessageRun {
  stage: Stage;
  category: string | undefined;
  priority: Priority | undefined;
  /** A person chose the priority; no later step changes it. */
  priorityChosen: boolean;
  draft: { readonly id: string; readonly hash: string } | undefined;
  waitingForApproval: boolean;
  decision: DraftDecision['verdict'] | undefined;
  /** Its mailbox is told when it has ended. */
  marks: boolean;
}

export function createMessageRun(): MessageRun {
  return {
    stage: 'read',
    category: undefined,
    priority: undefined,
    priorityChosen: false,
    draft: undefined,
    waitingForApproval: false,
    decision: undefined,
    marks: false,
  };
}

export function toMessageStatus(run: MessageRun): MessageStatus {
  return {
    stage: run.stage,
    category: run.category,
    priority: run.priority,
    waitingFor: run.waitingForApproval ? 'approval' : 'nothing',
    draftId: run.draft?.id,
  };
}

/** Why a decision cannot be taken now; undefined when it can. */
export function refuseDecision(run: MessageRun, decision: DraftDecision): string | undefined {
  if (run.decision !== undefined) return 'The draft was decided already';
  if (!run.waitingForApproval || run.draft === undefined)
    return 'No draft of this message waits for a decision';
  if (run.draft.id !== decision.draftId) return 'Another draft waits for a decision';
  if (run.draft.hash !== decision.hash) return 'The draft was changed after you saw it';
  return undefined;
}

/** The same verdict twice is harmless, another one than that in force is not. */
export function refuseRepeated(run: MessageRun, { verdict }: DraftDecision): string | undefined {
  return run.decision === undefined || run.decision === verdict ? undefined : 'The draft was decided already';
}

/** A signal cannot be refused, and one sent by hand may lack anything. */
export function toNote(control: Partial<Control> | undefined): string {
  return `${control?.by ?? 'unknown'}: ${control?.reason ?? 'no reason given'}`.slice(0, 250);
}
