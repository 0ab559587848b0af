import type { Summary } from '../../../domain/analysis.ts';
import { bodyField } from '../facts/body-field.ts';
import type { Facts } from '../facts/facts.ts';
import { compressLine } from './compress-line.ts';
import { hideNumbers } from './hide-numbers.ts';
import { isFiller } from './is-filler.ts';
import { scoreSentence, subjectWords } from './score-sentence.ts';
import type { Sentence } from './sentence.ts';
import { shorten } from './shorten.ts';
import { splitSentences } from './split-sentences.ts';
import { stripGreeting } from './strip-greeting.ts';

const LINE = 160;
const POINT = 280;
const MOST_POINTS = 5;
/** Points below this share of the best sentence's score add little. */
const WORTH_TELLING = 0.35;

/** A headline is looked for among the first sentences. */
const HEADLINES = 6;
const STEP_BACK = 0.25;
const TELLING = 0.2;
/** What talks to the machine scores below it. */
const STEERING = -2;

interface Scored extends Sentence {
  readonly position: number;
  readonly score: number;
}

/** Picks the telling sentences of a message, in its own language and order; the first of them makes the line. */
export function summarizeFacts(facts: Facts): Summary {
  const subject = subjectWords(facts.subject.text);
  const sentences = contentSentences(facts);
  const scored = sentences.map((sentence, position) => ({
    ...sentence,
    position,
    score: scoreSentence(sentence, position, facts, subject),
  }));
  const ranked = scored.toSorted((a, b) => b.score - a.score || a.position - b.position);
  const best = ranked[0];
  if (best === undefined) return { line: lineWithoutBody(facts), points: [] };
  const points = distinct(ranked.filter(({ score }) => score >= best.score * WORTH_TELLING))
    .slice(0, MOST_POINTS)
    .sort((a, b) => a.position - b.position);
  const hide = hideNumbers(facts.view);
  const line = compressLine(hide(headline(scored, best).text), LINE);
  const field = bodyField(facts.view);
  const told = points.map(({ text, start, end }) => ({
    text: shorten(hide(text), POINT),
    from: { in: field, ...trimSpan(facts.body.text, start, end) },
  }));
  return { line, points: told.length === 1 && told[0]?.text === line ? [] : told };
}

/**
 * People come to the matter in their first sentence: measured against subject lines by people, it tells more than the
 * sentence with the most cues or the most central one. How much it tells only decides between neighbours.
 */
function headline(scored: readonly Scored[], best: Scored): Scored {
  let chosen = best;
  let most = Number.NEGATIVE_INFINITY;
  for (const sentence of scored.slice(0, HEADLINES)) {
    const told = sentence.score / Math.max(1, best.score);
    const value = 1 - sentence.position * STEP_BACK + told * TELLING;
    if (value > most && sentence.score > STEERING) {
      most = value;
      chosen = sentence;
    }
  }
  return chosen;
}

function contentSentences(facts: Facts): Sentence[] {
  return splitSentences(facts.body.text, facts.letterEnd)
    .map((sentence) => ({ ...sentence, text: capitalise(stripGreeting(sentence.text)) }))
    .filter(({ text }) => text.length > 2 && !isFiller(text));
}

/** `hello Ana, where is …` begins with its second half now; addresses and links stay as they are. */
function capitalise(text: string): string {
  return text.replace(/^\p{Ll}(?=[\p{L}'’]{0,30}(?:[\s,;:!?]|$))/u, (first) => first.toUpperCase());
}

function distinct(sentences: readonly Scored[]): Scored[] {
  const seen = new Set<string>();
  return sentences.filter(({ text }) => {
    const key = text.toLowerCase();
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** A sentence begins and ends where its words do, not in the white space around them. */
function trimSpan(text: string, start: number, end: number): { start: number; end: number } {
  const sentence = text.slice(start, end);
  const lead = sentence.length - sentence.trimStart().length;
  return { start: start + lead, end: start + Math.max(lead, sentence.trimEnd().length) };
}

/** A mail without words of its own: its subject, else its first line, else what is attached. */
function lineWithoutBody({ subject, body, view }: Facts): string {
  const candidates = [subject.text, body.text, view.attachments[0]?.filename ?? ''];
  const found = candidates.map((text) => text.replace(/\s+/g, ' ').trim()).find((text) => text !== '');
  return shorten(hideNumbers(view)(found ?? '—'), LINE);
}
