import type { Classification, PriorityDecision, Reading, Reason } from '../../domain/analysis.ts';
import { isMorePressing } from '../../domain/priority.ts';
import { suspicionReason } from '../suspicion-reason.ts';

/** Below every sensible threshold: two readers that disagree are a question for a person. */
const DISAGREEMENT = 0.3;
const MOST_LABELS = 4;
/** Higher than that, nobody should believe a machine. */
const CERTAIN = 0.99;
/** Worst first. Whoever suspects is believed until a person says otherwise. */
const SUSPICIOUS: readonly string[] = ['phishing', 'spam'];

/**
 * Makes one reading of two. Agreement raises the confidence above both, as two independent witnesses would; disagreement
 * lowers it to 0.3 and says so. Suspicion of either side wins, and so does the more pressing priority, unless a rule of
 * the operator settled it. Pure.
 */
export function reconcile(local: Reading, model: Reading): Reading {
  const priority = reconcilePriority(local.priority, model.priority);
  // The model words it better; the local line stands in when it said nothing.
  const summary = model.summary.line === '' ? local.summary : model.summary;
  return {
    classification: reconcileClassification(local.classification, model.classification),
    priority,
    summary,
  };
}

function reconcileClassification(local: Classification, model: Classification): Classification {
  const suspect = SUSPICIOUS.find((id) => local.category === id || model.category === id);
  const isSuspicious = [...local.reasons, ...model.reasons].some(suspicionReason.is);
  if (local.category === model.category) {
    const needsPerson = local.needsPerson ?? (isSuspicious ? 'a reader finds it suspicious' : undefined);
    const raised = 1 - (1 - local.confidence) * (1 - model.confidence);
    const agreed: Reason = { text: 'both engines read it alike', weight: 0 };
    return {
      category: model.category,
      confidence: isSuspicious ? DISAGREEMENT : round(Math.min(CERTAIN, raised)),
      reasons: [agreed, ...model.reasons, ...local.reasons],
      alternatives: mergeAlternatives(local, model, model.category),
      ...reconcileFurther(local, model, model.category),
      // What was measured of one reader says nothing of two that agree.
      ...(needsPerson !== undefined && { needsPerson }),
    };
  }
  // Local words fit what they were made for; a model has read the whole. Which is right, a person says.
  const category = suspect ?? model.category;
  const other = category === model.category ? local.category : model.category;
  const text = `the engines disagree: ${local.category} (local) or ${model.category} (model); a person decides`;
  return {
    category,
    confidence: Math.min(DISAGREEMENT, local.confidence, model.confidence),
    reasons: [{ text, weight: 0 }, ...model.reasons, ...local.reasons],
    alternatives: mergeAlternatives(local, model, category, other),
    ...reconcileFurther(local, model, category),
    ...(local.sureFrom && { sureFrom: local.sureFrom }),
    needsPerson: `two reads disagree: ${local.category} (local) or ${model.category} (model)`,
  };
}

/** Further categories of either side, the surest first; a model reads better who waits for whom. */
function reconcileFurther(local: Classification, model: Classification, chosen: string) {
  const best = new Map<string, number>();
  for (const { category, confidence } of [...(model.labels ?? []), ...(local.labels ?? [])]) {
    if (category !== chosen) best.set(category, Math.max(best.get(category) ?? 0, confidence));
  }
  const labels = toRanked(best).slice(0, MOST_LABELS);
  const waiting = model.needsAction === undefined ? local : model;
  return {
    ...(labels.length > 0 && { labels }),
    ...(waiting.needsAction !== undefined && { needsAction: waiting.needsAction }),
    ...(waiting.needsActionReasons && { needsActionReasons: waiting.needsActionReasons }),
  };
}

function reconcilePriority(local: PriorityDecision, model: PriorityDecision): PriorityDecision {
  const settled = local.isSettled && { isSettled: local.isSettled };
  if (local.priority === model.priority) {
    return { priority: local.priority, reasons: [...local.reasons, ...model.reasons], ...settled };
  }
  if (settled) {
    const said = { text: `the other engine says ${model.priority}; a rule settled it`, weight: 0 };
    return { priority: local.priority, reasons: [...local.reasons, said], ...settled };
  }
  const [pressing, calmer] = isMorePressing(local.priority, model.priority) ? [local, model] : [model, local];
  const text = `the other engine says ${calmer.priority}; the more pressing one counts until a person decides`;
  return {
    priority: pressing.priority,
    reasons: [...pressing.reasons, { text, weight: 0 }],
    needsPerson: `two reads disagree: priority ${local.priority} (local) or ${model.priority} (model)`,
  };
}

function mergeAlternatives(local: Classification, model: Classification, chosen: string, first?: string) {
  const best = new Map<string, number>();
  const candidates = [...local.alternatives, ...model.alternatives];
  if (first !== undefined) candidates.unshift({ category: first, confidence: DISAGREEMENT });
  for (const { category, confidence } of candidates) {
    if (category !== chosen)
      best.set(category, Math.max(best.get(category) ?? 0, Math.min(DISAGREEMENT, confidence)));
  }
  return toRanked(best).slice(0, 3);
}

function toRanked(best: ReadonlyMap<string, number>) {
  return [...best]
    .map(([category, confidence]) => ({ category, confidence }))
    .sort((a, b) => b.confidence - a.confidence || (a.category < b.category ? -1 : 1));
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
