import type { Facts } from '../../facts/facts.ts';
import type { Evidence } from './evidence.ts';

const FORTUNE =
  /(?:[$€£]|\b(?:usd|eur|us\$)) ?\d{1,3}(?:[.,]\d{3}){2,}|\b\d+(?:[.,]\d+)? ?(?:million|millionen|millions|millones|milioni|milhões)\b/i;
const SHOUTING_MARKS = /!{2,}|\${3,}|%{1} ?off\b|100 ?%/i;
const HEAD = 4000;

/** How bulk advertising looks, whatever it sells: capitals, exclamation marks, fortunes. */
export function spamEvidence({ subject, body, automatic }: Facts): Evidence[] {
  if (automatic === 'bounce' || automatic === 'auto-reply') return [];
  const found: Evidence[] = [];
  const head = body.text.slice(0, HEAD);
  if (isShouted(subject.text)) found.push({ category: 'spam', weight: 0.6, text: 'a subject in capitals' });
  if (SHOUTING_MARKS.test(subject.text)) {
    found.push({ category: 'spam', weight: 0.6, text: 'a subject that shouts' });
  }
  if (FORTUNE.test(head)) found.push({ category: 'spam', weight: 1.2, text: 'speaks of a fortune' });
  return found;
}

function isShouted(text: string): boolean {
  const letters = text.replace(/[^\p{L}]/gu, '');
  return letters.length >= 12 && letters === letters.toUpperCase() && letters !== letters.toLowerCase();
}
