import {
  allHandlersFinished,
  CancellationScope,
  condition,
  isCancellation,
  log,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import policy from 'mailroom-policy';
import type { ClassifyFacts, SettleRequest } from '../src/contract/activities.ts';
import type { ProcessMessageInput, ProcessMessageResult } from '../src/contract/process-message.ts';
import {
  CATEGORY_ATTRIBUTE,
  OUTCOME_ATTRIBUTE,
  PRIORITY_ATTRIBUTE,
  STAGE_ATTRIBUTE,
} from '../src/contract/search-attributes.ts';
import type { Outcome, Stage } from '../src/domain/message.ts';
import type { MessageEnd } from '../src/domain/message-end.ts';
import { BACKFILL_PRIORITY_KEY, toPriorityKey } from '../src/domain/priority.ts';
import { localActivity, networkActivity, type TaskPriority } from './activity-proxies.ts';
import { listenToPeople } from './listen-to-people.ts';
import { createMessageRun, type MessageRun } from './message-run.ts';
import { releasePlace } from './release-place.ts';
import { createStepRunner, type StepRunner, StoppedError } from './step-runner.ts';
import { toFailure } from './to-failure.ts';

const readMessage = localActivity('readMessage');
const classifyMessage = localActivity('classifyMessage');
const prioritizeMessage = localActivity('prioritizeMessage');
const summarizeMessage = localActivity('summarizeMessage');
const draftReply = localActivity('draftReply');
const settleMessage = localActivity('settleMessage');
const quarantineMessage = localActivity('quarantineMessage');
const decideDraft = localActivity('decideDraft');

/** One e-mail from its parked source to its end. Never fails: what cannot be done ends in quarantine. */
export async function processMessage(input: ProcessMessageInput): Promise<ProcessMessageResult> {
  const run = createMessageRun();
  const steps = createStepRunner();
  listenToPeople(input, run, steps);
  const { outcome, note, recorded } = await steps.tell(() => tellStory(input, run, steps));
  if (!allHandlersFinished()) await CancellationScope.nonCancellable(() => condition(allHandlersFinished));
  if (!recorded) await settle({ ...toRef(input), outcome, note }, steps);
  run.stage = 'settled';
  publish(run, outcome);
  if (run.marks && isHandled(outcome)) await mark(input, run, steps);
  return { outcome, category: run.category, priority: run.priority };
}

interface Ending {
  readonly outcome: Outcome;
  readonly note: string | undefined;
  /** On record already: in quarantine, or ended before the run began. */
  readonly recorded: boolean;
}

/** What nobody dealt with stays in its mailbox as it was. */
function isHandled(outcome: Outcome): boolean {
  return outcome !== 'quarantined' && outcome !== 'cancelled' && outcome !== 'skipped';
}

/** Its mailbox shows that it was handled. What has ended has ended, whether the mailbox can be told or not. */
async function mark(input: ProcessMessageInput, run: MessageRun, steps: StepRunner): Promise<void> {
  try {
    await steps.runOpen(() => networkActivity('markMessage', toTaskPriority(input, run))(toRef(input)));
  } catch (error) {
    if (isCancellation(error) || error instanceof StoppedError) return;
    log.warn('The mailbox does not show that the message was handled', { type: toFailure(error).type });
  }
}

/** A run that is cancelled while it is settled is settled all the same. */
async function settle(request: SettleRequest, steps: StepRunner): Promise<void> {
  const record = () => steps.record(() => settleMessage(request));
  try {
    await record();
  } catch (error) {
    if (!steps.cancelled) throw error;
    await CancellationScope.nonCancellable(record);
  }
}

async function tellStory(input: ProcessMessageInput, run: MessageRun, steps: StepRunner): Promise<Ending> {
  try {
    const { ended, marks } = await steps.run(() => readMessage(toRef(input)));
    run.marks = marks === true;
    if (ended !== undefined) return endAsRecorded(run, ended);
    return await story(input, run, steps);
  } catch (error) {
    if (error instanceof StoppedError) {
      const outcome = error.stop.kind === 'skip' ? 'skipped' : 'cancelled';
      return { outcome, note: error.stop.note, recorded: false };
    }
    // What a step says that was cut off by the cancellation is no reason for quarantine.
    if (isCancellation(error) || steps.cancelled) {
      return { outcome: 'cancelled', note: 'the run was cancelled', recorded: false };
    }
    const failure = toFailure(error);
    log.warn('Message goes to quarantine', { stage: run.stage, type: failure.type });
    await CancellationScope.nonCancellable(() =>
      steps.record(() =>
        quarantineMessage({
          ...toRef(input),
          stage: run.stage,
          failureType: failure.type,
          reason: failure.reason,
        }),
      ),
    );
    return { outcome: 'quarantined', note: undefined, recorded: true };
  }
}

function endAsRecorded(run: MessageRun, { outcome, category, priority }: MessageEnd): Ending {
  run.category = category;
  run.priority = priority;
  return { outcome, note: undefined, recorded: true };
}

function end(outcome: Outcome): Ending {
  return { outcome, note: undefined, recorded: false };
}

/** The chain itself, once the message was read. Network steps are scheduled only when the message needs them. */
async function story(input: ProcessMessageInput, run: MessageRun, steps: StepRunner): Promise<Ending> {
  const ref = toRef(input);
  const step = <T>(stage: Stage, call: () => Promise<T>) => {
    run.stage = stage;
    return steps.run(call);
  };
  const openStep = <T>(stage: Stage, call: () => Promise<T>) => {
    run.stage = stage;
    return steps.runOpen(call);
  };
  const local = await step('classify', () => classifyMessage(ref));
  const read = local.plan.consult ? await openStep('consult', () => consult(input, run, steps)) : undefined;
  const facts = read ?? local;
  const request = { ...ref, consulted: read !== undefined };
  run.category = facts.category;
  const { priority } = await step('prioritize', () => prioritizeMessage(request));
  if (!run.priorityChosen) run.priority = priority;
  const ended = await step('summarize', () => summarizeMessage(request));
  if (ended !== undefined) return endAsRecorded(run, ended);
  if (facts.plan.sync) {
    await openStep('sync', () => networkActivity('syncPartner', toTaskPriority(input, run))(ref));
  }
  if (!facts.plan.draft) return end('processed');
  const draft = await step('draft', () => draftReply(ref));
  if (draft.draftId === undefined || draft.hash === undefined) return end('processed');
  run.draft = { id: draft.draftId, hash: draft.hash };
  if (draft.approval === 'person') {
    const verdict =
      (await openStep('approval', () => awaitDecision(input, run))) ??
      (await openStep('approval', () => expireDraft(input, run, steps)));
    if (verdict !== 'approve') return end(verdict === 'reject' ? 'draft-rejected' : 'draft-expired');
  }
  const { draftId } = draft;
  const sent = await openStep('send', () =>
    networkActivity('deliverDraft', toTaskPriority(input, run))({ ...ref, draftId }),
  );
  return end(sent.state === 'SENT' ? 'sent' : 'delivery-unknown');
}

/** undefined: no model could be asked, not even in vain; the local decision stays in force. */
async function consult(
  input: ProcessMessageInput,
  run: MessageRun,
  steps: StepRunner,
): Promise<ClassifyFacts | undefined> {
  try {
    return await networkActivity('consultModel', toTaskPriority(input, run))(toRef(input));
  } catch (error) {
    if (isCancellation(error) || steps.cancelled) throw error;
    const { type } = toFailure(error);
    log.warn('No second read; the local decision stands', { type });
    return undefined;
  }
}

/** undefined: nobody decided in time. */
async function awaitDecision(input: ProcessMessageInput, run: MessageRun): Promise<MessageRun['decision']> {
  run.waitingForApproval = true;
  publish(run, undefined);
  try {
    if (input.reportTo !== undefined) await releasePlace(input, input.reportTo);
    await condition(() => run.decision !== undefined, policy.workflows.approvalMs);
  } finally {
    run.waitingForApproval = false;
  }
  return run.decision;
}

async function expireDraft(
  input: ProcessMessageInput,
  run: MessageRun,
  steps: StepRunner,
): Promise<'approve' | 'reject' | 'expire'> {
  // A decision that came in time and is still being recorded counts.
  await condition(allHandlersFinished);
  if (run.decision !== undefined) return run.decision;
  if (run.draft === undefined) return 'expire';
  const { id: draftId, hash } = run.draft;
  // One that is on record counts too: a worker may have died before it told its run.
  const inForce = await steps.record(() =>
    decideDraft({ ...toRef(input), draftId, hash, verdict: 'expire', by: 'mailroom' }),
  );
  return inForce ?? 'expire';
}

/** Search attributes cost a write each: set at start, when a person is waited for, and at the end. */
function publish(run: MessageRun, outcome: Outcome | undefined): void {
  upsertSearchAttributes([
    { key: STAGE_ATTRIBUTE, value: run.stage },
    ...(run.category === undefined ? [] : [{ key: CATEGORY_ATTRIBUTE, value: run.category }]),
    ...(run.priority === undefined ? [] : [{ key: PRIORITY_ATTRIBUTE, value: run.priority }]),
    ...(outcome === undefined ? [] : [{ key: OUTCOME_ATTRIBUTE, value: outcome }]),
  ]);
}

function toRef(input: ProcessMessageInput) {
  return { accountId: input.accountId, messageId: input.messageId };
}

function toTaskPriority(input: ProcessMessageInput, run: MessageRun): TaskPriority {
  const priorityKey =
    input.backfill === true && !run.priorityChosen
      ? BACKFILL_PRIORITY_KEY
      : toPriorityKey(run.priority ?? 'NORMAL');
  return { priorityKey, fairnessKey: input.accountId };
}
