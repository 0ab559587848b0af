import type { Classification, PriorityDecision, Reason } from '../../../domain/analysis.ts';
import { PRIORITIES, type Priority } from '../../../domain/priority.ts';
import { type Category, FALLBACK_CATEGORY } from '../../../domain/taxonomy.ts';
import type { Facts } from '../facts/facts.ts';
import { injectionReason } from '../injection-reason.ts';
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
  if (isSettled(facts, category)) return { priority: base, reasons: [start] };
  const automatic = automaticReason(facts);
  if (automatic !== undefined) {
    const moved = toPriority(Math.max(0, toStep(base) + automatic.weight));
    return { priority: moved, reasons: [start, automatic] };
  }
  const hasInjection = classification.reasons.some(injectionReason.is);
  const wording = wordingReasons(facts).filter(({ weight }) => weight > 0 || !hasInjection);
  const sum = wording.reduce((total, { weight }) => total + weight, toStep(base));
  if (hasInjection && sum < 1) {
    const floor: Reason = {
      text: 'talks to the machine that sorts it, so a person sees it',
      weight: 1 - sum,
    };
    return { priority: 'NORMAL', reasons: [start, ...wording, floor] };
  }
  return { priority: toPriority(sum), reasons: [start, ...wording] };
}

/** Mail that is neither answered nor synced asks for nothing: its pressing words are part of the act. */
function isSettled({ automatic }: Facts, category: Category | undefined): boolean {
  const asksForNothing = category?.reply === 'off' && category.odoo === 'none';
  return asksForNothing && (automatic === 'person' || category.priority !== 'NORMAL');
}

function automaticReason({ automatic }: Facts): Reason | undefined {
  if (automatic === 'person') return undefined;
  // A monitoring alert may be true; it waits behind people, but not at the end.
  const weight = automatic === 'notification' ? -1 : -3;
  return { text: 'automatic mail: nobody waits for an answer', weight };
}

function toStep(priority: Priority): number {
  return PRIORITIES.length - 1 - PRIORITIES.indexOf(priority);
}

function toPriority(steps: number): Priority {
  const step = Math.max(0, Math.min(3, Math.floor(steps + STEP_AT)));
  return PRIORITIES[PRIORITIES.length - 1 - step] ?? 'NORMAL';
}
