import type { Classification, PriorityDecision, Reason } from '../../../domain/analysis.ts';
import { PRIORITIES, type Priority } from '../../../domain/priority.ts';
import { type Category, FALLBACK_CATEGORY } from '../../../domain/taxonomy.ts';
import { suspicionReason } from '../../suspicion-reason.ts';
import type { Facts } from '../facts/facts.ts';
import { wordingReasons } from './wording-reasons.ts';

/** Steps: LOW 0, NORMAL 1, HIGH 2, URGENT 3. A message moves up a step when it has three quarters of it. */
const STEP_AT = 0.25;

/**
 * The category's default, moved by the wording. Reasons carry weights in steps: 1 turns NORMAL into HIGH.
 * Automatic mail is LOW. What a message says about its own triage never makes it less pressing.
 */
export function prioritizeFacts(
  facts: Facts,
  classification: Classification,
  category: Category | undefined,
): PriorityDecision {
  const base = category?.priority ?? 'NORMAL';
  const name = category?.name ?? FALLBACK_CATEGORY;
  const start: Reason = { text: `${name} starts at ${base}`, weight: toStep(base) };
  if (asksForNothing(category) || facts.automatic !== 'person') {
    return decideAutomatic(facts, start, category);
  }
  const isSuspicious = classification.reasons.some(suspicionReason.is);
  const wording = wordingReasons(facts, toStep(base)).filter(({ weight }) => weight > 0 || !isSuspicious);
  const sum = total([start, ...wording]);
  if (isSuspicious && sum < 1) {
    const floor: Reason = {
      text: 'talks to the machine that sorts it, so a person sees it',
      weight: 1 - sum,
    };
    return { priority: 'NORMAL', reasons: [start, ...wording, floor] };
  }
  return { priority: toPriority(sum), reasons: [start, ...wording] };
}

/** Mail that is neither answered nor synced asks for nothing: its pressing words are part of the act. */
function asksForNothing(category: Category | undefined): boolean {
  return category?.reply === 'off' && category.odoo === 'none';
}

/** Nobody waits for an answer to automatic mail. A machine that reports a failure is looked at, a step up. */
function decideAutomatic(facts: Facts, start: Reason, category: Category | undefined): PriorityDecision {
  const reasons = [start];
  if (!asksForNothing(category)) {
    const weight = facts.automatic === 'notification' ? -1 : -3;
    reasons.push({ text: 'automatic mail: nobody waits for an answer', weight });
  }
  const sum = Math.max(0, total(reasons));
  const failure = facts.cues.find(
    ({ hit, field }) => field === 'subject' && hit.phrase.target.id === 'failure',
  );
  if (sum < 1 && failure !== undefined && reportsEvents(facts, category)) {
    reasons.push({ text: `a machine reports a failure ("${failure.hit.phrase.text}")`, weight: 1 });
  }
  return { priority: toPriority(Math.max(0, total(reasons))), reasons };
}

function reportsEvents({ automatic }: Facts, category: Category | undefined): boolean {
  return automatic === 'notification' || category?.id === 'notification';
}

function total(reasons: readonly Reason[]): number {
  return reasons.reduce((sum, { weight }) => sum + weight, 0);
}

function toStep(priority: Priority): number {
  return PRIORITIES.length - 1 - PRIORITIES.indexOf(priority);
}

function toPriority(steps: number): Priority {
  const step = Math.max(0, Math.min(3, Math.floor(steps + STEP_AT)));
  return PRIORITIES[PRIORITIES.length - 1 - step] ?? 'NORMAL';
}
