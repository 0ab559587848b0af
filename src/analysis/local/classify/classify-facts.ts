import type { Classification } from '../../../domain/analysis.ts';
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
  if (injection === undefined) return toClassification(evidence, known);
  const suspicion = { category: 'phishing', weight: 1, text: STEERING };
  const classification = toClassification([...evidence, suspicion], known);
  return {
    ...classification,
    confidence: Math.min(classification.confidence, INJECTION_CONFIDENCE),
    reasons: [suspicionReason.of(`${STEERING} ("${injection.hit.phrase.text}")`), ...classification.reasons],
  };
}
