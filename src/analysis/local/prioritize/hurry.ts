import type { PriorityDecision, Reason } from '../../../domain/analysis.ts';
import { type AnswerTime, type Arrival, describeMinutes } from '../../../domain/answer-time.ts';
import { isMorePressing, PRIORITIES, type Priority } from '../../../domain/priority.ts';

const MINUTE_MS = 60_000;
/** With this much left, or a quarter of the time, it is a step more pressing. Minutes. */
const SOON = 60;
/** With this much left it is HIGH at least. Minutes. */
const WITHIN_A_SHIFT = 240;
/** Overdue for longer it is history: an old mailbox that is loaded must not make everything urgent. Minutes. */
const HISTORY = 2 * 1440;

/**
 * Makes a message more pressing as the time for its answer runs out, and says when that is. The clock runs from when the
 * message came to `now`. What a rule of the operator settled stays. Pure.
 */
export function hurry(
  decision: PriorityDecision,
  { minutes, of }: AnswerTime,
  { receivedAt, now }: Arrival,
): PriorityDecision {
  // A clock of the sender that is ahead wins no time.
  const due = Math.min(receivedAt.getTime(), now.getTime()) + minutes * MINUTE_MS;
  const left = (due - now.getTime()) / MINUTE_MS;
  if (left < -HISTORY) return decision;
  const answerDue = new Date(due).toISOString();
  const priority = decision.isSettled ? decision.priority : raise(decision.priority, left, minutes);
  const when = left > 0 ? `is due in ${describeMinutes(left)}` : `was due ${describeMinutes(-left)} ago`;
  const reason: Reason = {
    text: `the answer ${when}: ${of} must be answered within ${describeMinutes(minutes)}`,
    weight: PRIORITIES.indexOf(decision.priority) - PRIORITIES.indexOf(priority),
  };
  return { ...decision, priority, answerDue, reasons: [...decision.reasons, reason] };
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
