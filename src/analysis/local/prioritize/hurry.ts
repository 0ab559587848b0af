import type { PriorityDecision, Reason } from '../../../domain/analysis.ts';
import {
  type AnswerTime,
  type Arrival,
  describeMinutes,
  findAnswerDue,
} from '../../../domain/answer-time.ts';
import { isMorePressing, PRIORITIES, type Priority } from '../../../domain/priority.ts';

const MINUTE_MS = 60_000;
/** With this much left, or a quarter of the time, it is a step more pressing. Minutes. */
const SOON = 60;
/** With this much left it is HIGH at least. Minutes. */
const WITHIN_A_SHIFT = 240;

/**
 * Makes a message more pressing of whose answer time little is left when it is decided, and says when the answer is due.
 * The clock runs from when the message came to `now`; nobody calls it again later, lists of what is overdue show the rest.
 * What a rule of the operator settled stays. Pure.
 */
export function hurry(
  decision: PriorityDecision,
  { minutes, of, by }: AnswerTime,
  arrival: Arrival,
): PriorityDecision {
  const due = findAnswerDue(minutes, arrival);
  if (due === undefined) return decision;
  const left = (due.getTime() - arrival.now.getTime()) / MINUTE_MS;
  const priority = decision.isSettled ? decision.priority : raise(decision.priority, left, minutes);
  const when = left > 0 ? `is due in ${describeMinutes(left)}` : `was due ${describeMinutes(-left)} ago`;
  const reason: Reason = {
    text: `the answer ${when}: ${of} must be answered within ${describeMinutes(minutes)}`,
    weight: PRIORITIES.indexOf(decision.priority) - PRIORITIES.indexOf(priority),
  };
  const reasons = [...decision.reasons, reason];
  return { ...decision, priority, answerDue: due.toISOString(), answerDueBy: by, reasons };
}

function raise(priority: Priority, left: number, minutes: number): Priority {
  if (left <= SOON || left <= minutes / 4) return morePressing(up(priority), 'HIGH');
  return left <= WITHIN_A_SHIFT ? morePressing(priority, 'HIGH') : priority;
}

function up(priority: Priority): Priority {
  return PRIORITIES[Math.max(0, PRIORITIES.indexOf(priority) - 1)] ?? priority;
}

function morePressing(a: Priority, b: Priority): Priority {
  return isMorePressing(a, b) ? a : b;
}
