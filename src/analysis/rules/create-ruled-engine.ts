import type { Classification, PriorityDecision, Reason } from '../../domain/analysis.ts';
import type { LearnedField } from '../../domain/learning.ts';
import type { MessageView } from '../../domain/message.ts';
import { isMorePressing, PRIORITIES } from '../../domain/priority.ts';
import { RULE_VERSION } from '../../domain/rule-version.ts';
import { isSenderInDoubt, isSenderProven, senderKeyOf } from '../../domain/sender-key.ts';
import type { Taxonomy } from '../../domain/taxonomy.ts';
import { isFlagged } from '../../domain/threat.ts';
import type { LocalEngine } from '../engine.ts';
import type { Learned } from '../learned/learned.ts';
import { hurry } from '../local/prioritize/hurry.ts';
import { mayHurry } from '../local/prioritize/may-hurry.ts';
import { suspicionReason } from '../suspicion-reason.ts';
import type { FindRules, RuleMatch } from './create-rule-finder.ts';
import { decideCategory, decidePriority, type FirstWord } from './first-word.ts';
import type { SenderPattern } from './sender-patterns.ts';

export interface Rules {
  readonly version: string;
  readonly find: FindRules;
}

/**
 * The local engine, after the rules of the operator and what people keep deciding about the same sender: these have the
 * first word, the engine the rest. Neither decides what is suspicious. Who goes by the sender needs one not in doubt.
 */
export function createRuledEngine(engine: LocalEngine, rules: Rules, taxonomy: Taxonomy): LocalEngine {
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
      if (isSuspicious(read) || isFlagged(view.threat))
        return withLeftAside(read, matches, 'it is suspicious');
      const doubted = isSenderInDoubt(view.threat) ? matches.filter(({ bySender }) => bySender) : [];
      const decided = decideCategory(
        read,
        {
          matches: matches.filter((match) => !doubted.includes(match)),
          pattern: findPattern(view, 'category', learned),
          // The author within a forward is what somebody typed.
          isProven: view.forwardedFrom === undefined && isSenderProven(view.threat),
        },
        { taxonomy, judge: (category) => engine.judgeFurther(view, category) },
      );
      const kept = withLeftAside(decided, doubted, 'its sender is in doubt');
      const important = matches.find((match) => match.rule.then.important && !doubted.includes(match));
      if (important === undefined) return kept;
      return { ...kept, important: `rule "${important.rule.id}": ${important.because}` };
    },
    prioritize(view, classification, learned) {
      const read = engine.prioritize(view, classification, learned);
      const suspicious = isSuspicious(classification) || isFlagged(view.threat);
      const inDoubt = isSenderInDoubt(view.threat);
      const ofRules = rules.find(view).flatMap((match) => {
        const { priority: label } = match.rule.then;
        if (label === undefined) return [];
        const text = `rule "${match.rule.id}": ${match.because}`;
        return [{ label, text, mayCalm: !suspicious && !(inDoubt && match.bySender) }];
      });
      const pattern = ofRules.some(({ mayCalm }) => mayCalm)
        ? undefined
        : findPattern(view, 'priority', learned);
      const ofPattern =
        pattern === undefined ? [] : [toWord(pattern, !suspicious && isSenderProven(view.threat))];
      const words: FirstWord[] = [...ofRules, ...ofPattern];
      const word = words.find((one) => one.mayCalm || isUp(read, one));
      return word === undefined ? read : decidePriority(read, word);
    },
    hurry(view, decided, arrival) {
      const inDoubt = isSenderInDoubt(view.threat);
      const rule = rules
        .find(view)
        .find((match) => match.rule.then.answerWithin !== undefined && !(inDoubt && match.bySender))?.rule;
      if (rule?.then.answerWithin === undefined || !mayHurry(view, decided.classification))
        return engine.hurry(view, decided, arrival);
      const time = { minutes: rule.then.answerWithin, of: `rule "${rule.id}"`, by: 'rule' as const };
      return hurry(decided.priority, time, arrival);
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

function withLeftAside(read: Classification, matches: readonly RuleMatch[], why: string): Classification {
  if (matches.length === 0) return read;
  const ids = matches.map(({ rule }) => `"${rule.id}"`).join(', ');
  const reason: Reason = { text: `left aside, because ${why}: rule ${ids}`, weight: 0 };
  return { ...read, reasons: [...read.reasons, reason] };
}

function findPattern(view: MessageView, field: LearnedField, learned: Learned | undefined) {
  const sender = senderKeyOf(view, field);
  return sender === undefined ? undefined : learned?.senders?.find(sender, field);
}

function toWord({ label, decisions }: SenderPattern, mayCalm: boolean): FirstWord {
  const text = `people gave the last ${decisions} mails of this sender ${label}`;
  return { label, text, isPattern: true, mayCalm };
}

function isUp({ priority }: PriorityDecision, { label }: FirstWord): boolean {
  return PRIORITIES.some((one) => one === label && isMorePressing(one, priority));
}
