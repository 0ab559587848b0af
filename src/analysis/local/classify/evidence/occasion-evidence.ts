import type { Facts } from '../../facts/facts.ts';
import type { Evidence } from './evidence.ts';

const CLOCK = /\b(?:[01]?\d|2[0-3])(?:[:.h][0-5]\d\b| ?(?:uhr|am|pm|h|heures|horas|hs)\b)/i;
const HEAD = 2000;
/** A thank-you letter is short; a longer one thanks on its way to something else. Words. */
const SHORT = 90;

/** What a message is for by its form: a weekday with a time is an appointment, thanks without a request are feedback. */
export function occasionEvidence({ cues, body, letterEnd, automatic }: Facts): Evidence[] {
  if (automatic !== 'person') return [];
  const letter = body.text.slice(0, Math.min(letterEnd, HEAD));
  const ids = new Set(
    cues
      .filter(({ hit, field }) => field === 'subject' || (body.starts[hit.word] ?? 0) < letterEnd)
      .map(({ hit }) => hit.phrase.target.id.replace(/-\d+$/, '')),
  );
  const found: Evidence[] = [];
  if (ids.has('weekday') && CLOCK.test(letter)) {
    found.push({ category: 'meeting', weight: 1.1, text: 'names a weekday and a time' });
  }
  const asks = ids.has('request') || letter.includes('?');
  if (ids.has('thanks') && !asks && body.starts.length <= SHORT) {
    found.push({ category: 'feedback', weight: 1.5, text: 'thanks and asks for nothing' });
  }
  return found;
}
