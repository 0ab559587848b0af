import { eld } from 'eld/medium';

const SAMPLE_CHARS = 2000;
const NOISE = /https?:\/\/[^\s<>"]{1,2000}|[^\s@<>]{1,64}@[^\s@<>]{1,255}|\d+/g;
const LETTER = /[\p{L}\p{M}]/gu;
const DENSE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/gu;
const MIN_LETTERS = 12;
const SURE_LETTERS = 40;

/** ISO 639-1 of a text, with the subject's help when the text is short; `und` when both are too short to tell. */
export function detectLanguage(visibleText: string, subject: string): string {
  const sample = visibleText.slice(0, SAMPLE_CHARS).replace(NOISE, ' ');
  const letters = countLetters(sample);
  if (letters >= SURE_LETTERS) return detect(sample, letters);
  const both = `${subject.replace(/^(?:\s{0,3}[a-z]{1,5}:){1,3}/i, '')}\n${sample}`.replace(NOISE, ' ');
  const all = countLetters(both);
  return all < MIN_LETTERS ? 'und' : detect(both, all);
}

function detect(text: string, letters: number): string {
  const result = eld.detect(text);
  if (letters < SURE_LETTERS && !result.isReliable()) return 'und';
  return result.language || 'und';
}

// A Chinese or Thai sign carries as much as three Latin letters.
function countLetters(text: string): number {
  return (text.match(LETTER)?.length ?? 0) + 2 * (text.match(DENSE)?.length ?? 0);
}
