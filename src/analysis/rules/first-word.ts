import type { Classification, PriorityDecision, Reason } from '../../domain/analysis.ts';
import { PRIORITIES } from '../../domain/priority.ts';
import type { RuleMatch } from './create-rule-finder.ts';
import type { SenderPattern } from './sender-patterns.ts';

/** An operator laid it down: only a person says otherwise. */
const RULE_CONFIDENCE = 0.99;
/** What the engine knows of how attackers write no past of a sender outweighs: mailboxes are taken over. */
const GUARDED: ReadonlySet<string> = new Set(['phishing', 'spam']);

/** A priority that is settled before the engine has weighed anything. */
export interface FirstWord {
  readonly label: string;
  /** Why, in one line. */
  readonly text: string;
  /** From what people decided about the sender, not from a rule. */
  readonly isPattern?: boolean;
}

/** The category of the first rule that names one, else that of the pattern, else what was read; labels of all rules. */
export function decideCategory(
  read: Classification,
  matches: readonly RuleMatch[],
  pattern: SenderPattern | undefined,
  known: ReadonlySet<string>,
): Classification {
  const labelled = withLabels(read, matches, known);
  const match = matches.find(({ rule }) => known.has(rule.then.category ?? ''));
  if (match?.rule.then.category !== undefined && read.category !== 'phishing') {
    const reason = { text: `rule "${match.rule.id}": ${match.because}`, weight: 1 };
    return settle(labelled, match.rule.then.category, RULE_CONFIDENCE, reason);
  }
  if (pattern === undefined || !known.has(pattern.label) || GUARDED.has(read.category)) return labelled;
  const { label, decisions } = pattern;
  const text = `people put the last ${decisions} mails of this sender into ${label}`;
  // The rule of succession: how likely the next one is as all that came before.
  return settle(labelled, label, (decisions + 1) / (decisions + 2), { text, weight: 1 });
}

function settle(read: Classification, category: string, confidence: number, reason: Reason): Classification {
  const agrees = read.category === category;
  const others = agrees
    ? []
    : [{ category: read.category, confidence: Math.min(read.confidence, 1 - confidence) }];
  const labels = (read.labels ?? []).filter((label) => label.category !== category);
  const { labels: _, ...rest } = read;
  return {
    ...rest,
    category,
    confidence: Math.round(Math.max(confidence, agrees ? read.confidence : 0) * 1000) / 1000,
    reasons: [reason, ...(agrees ? read.reasons : [])],
    alternatives: [...others, ...read.alternatives.filter((one) => one.category !== category)].slice(0, 3),
    ...(labels.length > 0 && { labels }),
  };
}

function withLabels(
  read: Classification,
  matches: readonly RuleMatch[],
  known: ReadonlySet<string>,
): Classification {
  const named = matches.flatMap(({ rule }) => rule.then.labels ?? []).filter((id) => known.has(id));
  const added = [...new Set(named)].filter((id) => id !== read.category);
  if (added.length === 0) return read;
  const kept = (read.labels ?? []).filter(({ category }) => !added.includes(category));
  return {
    ...read,
    labels: [...added.map((category) => ({ category, confidence: RULE_CONFIDENCE })), ...kept],
  };
}

/** A pattern never calms what reads as urgent: the one mail that matters may come from a sender of trifles. */
export function decidePriority(read: PriorityDecision, word: FirstWord): PriorityDecision {
  const priority = PRIORITIES.find((one) => one === word.label);
  if (priority === undefined || (word.isPattern === true && read.priority === 'URGENT')) return read;
  const agrees = read.priority === priority;
  return { priority, reasons: [{ text: word.text, weight: 1 }, ...(agrees ? read.reasons : [])] };
}
