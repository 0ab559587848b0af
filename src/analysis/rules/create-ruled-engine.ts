import type { Classification, PriorityDecision, Reason } from '../../domain/analysis.ts';
import { isMorePressing, PRIORITIES } from '../../domain/priority.ts';
import { RULE_VERSION } from '../../domain/rule-version.ts';
import { senderKeyOf } from '../../domain/sender-key.ts';
import type { Taxonomy } from '../../domain/taxonomy.ts';
import { isFlagged } from '../../domain/threat.ts';
import type { LocalEngine } from '../engine.ts';
import { suspicionReason } from '../suspicion-reason.ts';
import type { FindRules, RuleMatch } from './create-rule-finder.ts';
import { decideCategory, decidePriority, type FirstWord } from './first-word.ts';

export interface Rules {
  readonly version: string;
  readonly find: FindRules;
}

/**
 * The local engine, after the rules of the operator and what people keep deciding about the same sender: these have the
 * first word, the engine the rest. Neither decides what is suspicious, for senders can be forged.
 */
export function createRuledEngine(engine: LocalEngine, rules: Rules, taxonomy: Taxonomy): LocalEngine {
  const known = new Set(taxonomy.categories.map(({ id }) => id));
  const ruleVersion = `${RULE_VERSION}.${rules.version}`;

  const ruled: LocalEngine = {
    ...engine,
    provenance: { ...engine.provenance, ruleVersion },
    provenanceWith(learned) {
      const senders = learned?.senders?.version;
      const version = senders === undefined ? ruleVersion : `${ruleVersion}+${senders}`;
      return { ...engine.provenanceWith(learned), ruleVersion: version };
    },
    classify(view, learned) {
      const read = engine.classify(view, learned);
      const matches = rules.find(view);
      if (isSuspicious(read) || isFlagged(view.threat)) return withLeftAside(read, matches);
      const sender = senderKeyOf(view);
      const pattern = sender === undefined ? undefined : learned?.senders?.find(sender, 'category');
      return decideCategory(read, matches, pattern, known);
    },
    prioritize(view, classification, learned) {
      const read = engine.prioritize(view, classification, learned);
      const word = firstPriority(rules.find(view), () => {
        const sender = senderKeyOf(view);
        return sender === undefined ? undefined : learned?.senders?.find(sender, 'priority');
      });
      const suspicious = isSuspicious(classification) || isFlagged(view.threat);
      return word === undefined || (suspicious && !isUp(read, word)) ? read : decidePriority(read, word);
    },
    async analyse(view, signal) {
      signal.throwIfAborted();
      const classification = ruled.classify(view);
      const priority = ruled.prioritize(view, classification);
      return { classification, priority, summary: engine.summarize(view) };
    },
  };
  return ruled;
}

function isSuspicious({ reasons }: Classification): boolean {
  return reasons.some(suspicionReason.is);
}

function withLeftAside(read: Classification, matches: readonly RuleMatch[]): Classification {
  if (matches.length === 0) return read;
  const ids = matches.map(({ rule }) => `"${rule.id}"`).join(', ');
  const reason: Reason = { text: `left aside, because it is suspicious: rule ${ids}`, weight: 0 };
  return { ...read, reasons: [...read.reasons, reason] };
}

function firstPriority(
  matches: readonly RuleMatch[],
  findPattern: () => { label: string; decisions: number } | undefined,
): FirstWord | undefined {
  const match = matches.find(({ rule }) => rule.then.priority !== undefined);
  if (match?.rule.then.priority !== undefined) {
    return { label: match.rule.then.priority, text: `rule "${match.rule.id}": ${match.because}` };
  }
  const pattern = findPattern();
  if (pattern === undefined) return undefined;
  const text = `people gave the last ${pattern.decisions} mails of this sender ${pattern.label}`;
  return { label: pattern.label, text, isPattern: true };
}

function isUp({ priority }: PriorityDecision, { label }: FirstWord): boolean {
  return PRIORITIES.some((one) => one === label && isMorePressing(one, priority));
}
