import type { Classification } from '../../../domain/analysis.ts';
import { hasInjection, isFlagged } from '../../../domain/threat.ts';
import { suspicionReason } from '../../suspicion-reason.ts';
import type { Facts } from '../facts/facts.ts';
import { attachmentEvidence } from './evidence/attachment-evidence.ts';
import { automaticEvidence } from './evidence/automatic-evidence.ts';
import { occasionEvidence } from './evidence/occasion-evidence.ts';
import { phishingEvidence } from './evidence/phishing-evidence.ts';
import { senderEvidence } from './evidence/sender-evidence.ts';
import { spamEvidence } from './evidence/spam-evidence.ts';
import { structureEvidence } from './evidence/structure-evidence.ts';
import { scoreSignals } from './score-signals.ts';
import { toClassification } from './to-classification.ts';

const STEERING = 'the text talks to the machine that sorts it';
const MOST_SUSPICIONS = 3;
/** A message that talks to the machine is never decided with confidence, whatever the rest says. */
const INJECTION_CONFIDENCE = 0.4;

/** Sums all evidence. `known` are the category ids of the taxonomy: evidence for others is dropped. */
export function classifyFacts(facts: Facts, known: ReadonlySet<string>): Classification {
  const injection = facts.cues.find(({ hit }) => hit.phrase.target.id === 'injection');
  const evidence = [
    ...scoreSignals(facts),
    ...automaticEvidence(facts),
    ...attachmentEvidence(facts),
    ...senderEvidence(facts),
    ...structureEvidence(facts),
    ...occasionEvidence(facts),
    ...spamEvidence(facts),
    ...phishingEvidence(facts),
  ];
  const suspicions = listSuspicions(facts, injection?.hit.phrase.text);
  if (suspicions.length === 0) return toClassification(evidence, known);
  const suspicion = { category: 'phishing', weight: 1, text: STEERING };
  const steered = injection !== undefined || hasInjection(facts.view.threat);
  const classification = toClassification(steered ? [...evidence, suspicion] : evidence, known);
  return {
    ...classification,
    confidence: steered
      ? Math.min(classification.confidence, INJECTION_CONFIDENCE)
      : classification.confidence,
    reasons: [...suspicions.map(suspicionReason.of), ...classification.reasons],
    needsPerson: steered ? STEERING : 'it is suspicious',
  };
}

/** Why a person has to see it; empty for nearly all mail. */
function listSuspicions({ view }: Facts, phrase: string | undefined): string[] {
  const found = phrase === undefined ? [] : [`${STEERING} ("${phrase}")`];
  if (!isFlagged(view.threat)) return found;
  const worst = [...(view.threat?.symbols ?? [])].sort((a, b) => b.score - a.score).slice(0, MOST_SUSPICIONS);
  return [...found, ...worst.filter(({ score }) => score > 0).map(({ reason }) => reason)];
}
