import type { Classification, PriorityDecision, Reason } from '../../domain/analysis.ts';
import { PRIORITIES } from '../../domain/priority.ts';
import { findCategory, type Taxonomy } from '../../domain/taxonomy.ts';
import type { Further } from '../engine.ts';
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
  /** Its sender is proven, or none is meant: it may also say that there is time. */
  readonly mayCalm: boolean;
}

/** What is known of a message before the engine has weighed anything. */
export interface Known {
  readonly matches: readonly RuleMatch[];
  readonly pattern: SenderPattern | undefined;
  /** Our own receiver vouches for the sender. */
  readonly isProven: boolean;
}

interface House {
  readonly taxonomy: Taxonomy;
  /** Further findings, were this the category. */
  judge(category: string): Further;
}

/** The category of the first rule that names one, else that of the pattern, else what was read; labels of all rules. */
export function decideCategory(read: Classification, known: Known, house: House): Classification {
  return withLabels(settleCategory(read, known, house), known.matches, house.taxonomy);
}

function settleCategory(
  read: Classification,
  { matches, pattern, isProven }: Known,
  house: House,
): Classification {
  for (const { rule, because, bySender } of read.category === 'phishing' ? [] : matches) {
    const category = findCategory(house.taxonomy, rule.then.category ?? '');
    if (category === undefined) continue;
    const reason = { text: `rule "${rule.id}": ${because}`, weight: 1 };
    const settled = settle(read, category.id, RULE_CONFIDENCE, reason, house);
    // It was written for a sender that anybody may pretend to be: no answer leaves on its word alone.
    if (!bySender || isProven || category.reply !== 'auto') return settled;
    return { ...settled, needsPerson: `rule "${rule.id}" goes by a sender that nothing proves` };
  }
  if (pattern === undefined || GUARDED.has(read.category)) return read;
  const { label, decisions } = pattern;
  if (findCategory(house.taxonomy, label) === undefined) return read;
  const text = `people put the last ${decisions} mails of this sender into ${label}`;
  // The rule of succession: how likely the next one is as all that came before.
  return settle(read, label, (decisions + 1) / (decisions + 2), { text, weight: 1 }, house);
}

function settle(
  read: Classification,
  category: string,
  least: number,
  reason: Reason,
  house: House,
): Classification {
  const agrees = read.category === category;
  const confidence = Math.max(least, agrees ? read.confidence : 0);
  // What was measured of the engine says nothing of a rule.
  const { sureFrom: _measured, ...own } = read;
  const { labels: _labels, needsAction: _needs, needsActionReasons: _why, ...rest } = own;
  return {
    ...(agrees ? own : { ...rest, ...house.judge(category) }),
    category,
    confidence: round(confidence),
    reasons: [reason, ...(agrees ? read.reasons : [])],
    alternatives: scaleOthers(read, category, 1 - confidence),
  };
}

/** The others share what is left, as they did before. */
function scaleOthers(read: Classification, category: string, left: number): Classification['alternatives'] {
  const others = [read, ...read.alternatives].filter((one) => one.category !== category);
  const total = others.reduce((sum, { confidence }) => sum + confidence, 0);
  const factor = total > left ? left / total : 1;
  return others
    .map((one) => ({ category: one.category, confidence: round(one.confidence * factor) }))
    .sort((a, b) => b.confidence - a.confidence)
    .slice(0, 3);
}

function withLabels(read: Classification, matches: readonly RuleMatch[], taxonomy: Taxonomy): Classification {
  const named = new Set(matches.flatMap(({ rule }) => rule.then.labels ?? []));
  const added = [...named].filter((id) => id !== read.category && findCategory(taxonomy, id) !== undefined);
  if (added.length === 0) return read;
  const kept = (read.labels ?? []).filter(({ category }) => !added.includes(category));
  return {
    ...read,
    labels: [...added.map((category) => ({ category, confidence: RULE_CONFIDENCE })), ...kept],
  };
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}

/** A pattern never calms what reads as urgent: the one mail that matters may come from a sender of trifles. */
export function decidePriority(read: PriorityDecision, word: FirstWord): PriorityDecision {
  const priority = PRIORITIES.find((one) => one === word.label);
  if (priority === undefined || (word.isPattern === true && read.priority === 'URGENT')) return read;
  const agrees = read.priority === priority;
  const reasons = [{ text: word.text, weight: 1 }, ...(agrees ? read.reasons : [])];
  return { priority, reasons, ...(word.isPattern !== true && { isSettled: true as const }) };
}
