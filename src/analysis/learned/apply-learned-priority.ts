import type { Classification, PriorityDecision } from '../../domain/analysis.ts';
import type { MessageView } from '../../domain/message.ts';
import { isMorePressing, PRIORITIES, type Priority } from '../../domain/priority.ts';
import { suspicionReason } from '../suspicion-reason.ts';
import { decideField, type FieldDecision } from './decide-field.ts';
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
  if (taught === undefined || !isPriority(taught.label)) return rules;
  const ruled = { ...rules, ...toMeasured(rules.priority, taught) };
  if (taught.confidence < SURE_ENOUGH) return ruled;
  const isSuspicious = classification.reasons.some(suspicionReason.is);
  if (isSuspicious && isMorePressing(rules.priority, taught.label)) return rules;
  if (taught.label === rules.priority) return { ...ruled, reasons: [...rules.reasons, ...taught.reasons] };
  return { priority: taught.label, reasons: taught.reasons, ...toMeasured(taught.label, taught) };
}

/** How likely this priority is, whoever chose it, where that was measured. */
function toMeasured(priority: Priority, { ranked, sureFrom }: FieldDecision) {
  if (sureFrom === undefined) return {};
  const confidence = ranked.find(({ label }) => label === priority)?.confidence ?? 0;
  return { confidence: Math.round(confidence * 1000) / 1000, sureFrom };
}

function isPriority(label: string): label is Priority {
  return PRIORITIES.some((priority) => priority === label);
}
