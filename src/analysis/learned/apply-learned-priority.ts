import type { Classification, PriorityDecision } from '../../domain/analysis.ts';
import type { MessageView } from '../../domain/message.ts';
import { isMorePressing, PRIORITIES, type Priority } from '../../domain/priority.ts';
import { suspicionReason } from '../suspicion-reason.ts';
import { decideField } from './decide-field.ts';
import type { Learned } from './learned.ts';
import { toLearnedText } from './to-learned-text.ts';

/** More likely right than wrong, by the calibrated measure. The rules give no probability to compare with. */
const SURE_ENOUGH = 0.5;

/**
 * The rules' priority, or what the account was taught where that is sure. Automatic mail stays as the rules say, and
 * what talks to the machine is never made less pressing.
 */
export function applyLearnedPriority(
  view: MessageView,
  classification: Classification,
  rules: PriorityDecision,
  learned: Learned | undefined,
): PriorityDecision {
  const knowledge = learned?.fields.priority;
  if (knowledge === undefined || view.automatic.kind !== 'person') return rules;
  const taught = decideField(toLearnedText(view), knowledge, learned?.meaning);
  if (taught === undefined || taught.confidence < SURE_ENOUGH || !isPriority(taught.label)) return rules;
  const isSuspicious = classification.reasons.some(suspicionReason.is);
  if (isSuspicious && isMorePressing(rules.priority, taught.label)) return rules;
  if (taught.label === rules.priority) return { ...rules, reasons: [...rules.reasons, ...taught.reasons] };
  return { priority: taught.label, reasons: taught.reasons };
}

function isPriority(label: string): label is Priority {
  return PRIORITIES.some((priority) => priority === label);
}
