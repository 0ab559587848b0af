import { eld } from 'eld/medium';

// What stands further down repeats the language of the first lines, and n-grams cost by length.
const SOURCE_CHARS = 2000;
const SAMPLE_CHARS = 400;
const NOISE = /https?:\/\/[^\s<>"]{1,2000}|[^\s@<>]{1,64}@[^\s@<>]{1,255}|\d+/g;
const NO_LETTERS = /[^\p{L}\p{M}]+/gu;
const NOT_DENSE =
  /[^\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]+/gu;
const MIN_LETTERS = 10;
const SURE_LETTERS = 40;

/**
 * Most mail is in these; a near neighbour (Catalan, Galician, Afrikaans) must be clearly better to win. A factor of
 * 1.04 mends Spanish without its accents, and costs one in thirty sentences of Catalan.
 */
const COMMON = new Set(['en', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'pl']);
const COMMON_FACTOR = 1.04;
/** A few words tell less, so what is common counts for more. */
const SHORT_FACTOR = 1.08;
const SHORT_LETTERS = 25;

/** ISO 639-1 of a text, with the subject's help when the text is short; `und` when both are too short to tell. */
export function detectLanguage(visibleText: string, subject: string): string {
  const sample = withoutNoise(visibleText);
  if (countLetters(sample) >= SURE_LETTERS) return detect(sample, COMMON_FACTOR);
  const both = withoutNoise(`${subject.replace(/^(?:\s{0,3}[a-z]{1,5}:){1,3}/i, '')}\n${sample}`);
  const letters = countLetters(both);
  if (letters < MIN_LETTERS) return 'und';
  return detect(both, letters < SHORT_LETTERS ? SHORT_FACTOR : COMMON_FACTOR);
}

function withoutNoise(text: string): string {
  return text.slice(0, SOURCE_CHARS).replace(NOISE, ' ').slice(0, SAMPLE_CHARS);
}

function detect(text: string, factor: number): string {
  let best = 'und';
  let bestScore = 0;
  for (const [language, score] of Object.entries(eld.detect(text).getScores())) {
    const weighed = COMMON.has(language) ? score * factor : score;
    if (weighed <= bestScore) continue;
    best = language;
    bestScore = weighed;
  }
  // The detector tells Malay and Indonesian as one; most who write it write Indonesian.
  return best === 'ms' ? 'id' : best;
}

// A Chinese or Thai sign carries as much as three Latin letters.
function countLetters(text: string): number {
  const letters = text.replace(NO_LETTERS, '');
  return letters.length + 2 * letters.replace(NOT_DENSE, '').length;
}
