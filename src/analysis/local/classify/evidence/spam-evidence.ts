import type { Facts } from '../../facts/facts.ts';
import type { Evidence } from './evidence.ts';

const FORTUNE =
  /(?:[$€£]|\b(?:usd|eur|us\$)) ?\d{1,3}(?:[.,]\d{3}){2,}|\b\d{1,12}(?:[.,]\d{1,6})? ?(?:million|millionen|millions|millones|milioni|milhões)\b/i;
const SHOUTING_MARKS = /!{2,}|¡{2,}|\${3,}|\d% ?off\b|100 ?%/i;
/** Mathematical letters spell words that filters cannot read. */
const DISGUISED_LETTERS = /[\u{1D400}-\u{1D7FF}]/u;
const PICTURE = /\p{Extended_Pictographic}/u;
/** The random path by which bulk mailers tell their victims apart. */
const TRACKED_LINK = /https?:\/\/[^\s"<>()[\]]{1,120}?[/#=][a-z0-9]{30,}/i;
const MAILBOX = /^[^\s@,]{1,64}@(?:[a-z0-9-]{1,63}\.)+[a-z][a-z0-9-]{1,62}$/i;
const HEAD = 4000;

/** How bulk advertising looks, whatever it sells: capitals, exclamation marks, fortunes, disguised words and links. */
export function spamEvidence({ subject, body, view, automatic, hosts }: Facts): Evidence[] {
  if (automatic === 'bounce') return [];
  const head = body.text.slice(0, HEAD);
  const signs: readonly (readonly [seen: boolean, weight: number, text: string])[] = [
    [isShouted(subject.text), 0.6, 'a subject in capitals'],
    [isShouted(head.slice(0, 600)), 1, 'a text in capitals'],
    [SHOUTING_MARKS.test(subject.text), 0.6, 'a subject that shouts'],
    [PICTURE.test(subject.text), 0.6, 'a subject with pictures'],
    [FORTUNE.test(head), 1.2, 'speaks of a fortune'],
    [DISGUISED_LETTERS.test(subject.text + head), 2.5, 'words in disguised letters'],
    [hosts.length > 0 && TRACKED_LINK.test(head), 1, 'a link with a long random path'],
    [namesRecipient(subject.text, view.to[0]?.address), 1, "the recipient's address in the subject"],
    [view.from.address !== '' && !MAILBOX.test(view.from.address), 1.5, 'a sender address that cannot exist'],
  ];
  return signs.filter(([seen]) => seen).map(([, weight, text]) => ({ category: 'spam', weight, text }));
}

function isShouted(text: string): boolean {
  const letters = text.replace(/[^\p{L}]/gu, '');
  return letters.length >= 12 && letters === letters.toUpperCase() && letters !== letters.toLowerCase();
}

function namesRecipient(subject: string, address: string | undefined): boolean {
  return address !== undefined && address.length > 5 && subject.toLowerCase().includes(address);
}
