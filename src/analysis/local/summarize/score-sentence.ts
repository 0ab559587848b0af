import type { Facts } from '../facts/facts.ts';
import type { Sentence } from './sentence.ts';

const SUBJECT_WORD = /[\p{L}\p{N}]{4,40}/gu;

/** The words of a subject that say something, lower-cased. */
export function subjectWords(subject: string): ReadonlySet<string> {
  return new Set(subject.toLowerCase().match(SUBJECT_WORD) ?? []);
}

/** How much a sentence tells about the matter: where it stands, what it asks, which signals, figures and dates it holds. */
export function scoreSentence(
  sentence: Sentence,
  position: number,
  facts: Facts,
  subject: ReadonlySet<string>,
): number {
  let score = position === 0 ? 1.2 : Math.max(0, 0.8 - position * 0.12);
  const perCue = new Map<string, number>();
  for (const { hit, field } of facts.cues) {
    if (field === 'body' && isInside(facts.body.starts[hit.word], sentence))
      perCue.set(hit.phrase.target.id, 1);
  }
  if (perCue.has('request')) score += 1.2;
  for (const id of ['urgency', 'scope', 'anger', 'deadline-lead', 'within']) if (perCue.has(id)) score += 0.5;
  if (perCue.has('injection')) score -= 5;
  let signals = 0;
  for (const { hit, field, fit } of facts.signals) {
    if (field === 'body' && isInside(facts.body.starts[hit.word], sentence))
      signals += fit * Math.min(2, hit.phrase.weight);
  }
  score += Math.min(2, signals * 0.4);
  if (sentence.text.endsWith('?')) score += 1.1;
  if (/\d{2,}/.test(sentence.text)) score += 0.4;
  if (/[€$£]|\b(?:eur|usd|gbp|chf)\b/i.test(sentence.text)) score += 0.3;
  const shared = (sentence.text.toLowerCase().match(SUBJECT_WORD) ?? []).filter((word) =>
    subject.has(word),
  ).length;
  score += Math.min(0.9, shared * 0.3);
  const { length } = sentence.text;
  if (length < 20) score -= 1;
  if (length < 40) score -= 0.3;
  if (length > 260) score -= 0.5;
  return score;
}

function isInside(offset: number | undefined, { start, end }: Sentence): boolean {
  return offset !== undefined && offset >= start && offset < end;
}
