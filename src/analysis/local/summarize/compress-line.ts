import { LEAD_INS } from './lead-ins.ts';
import { shorten } from './shorten.ts';

/** What is left must still tell something. UTF-16 units. */
const LEAST = 20;
const LEAST_AFTER_LEAD_IN = 12;
/** A line longer than this is cut where a clause ends. UTF-16 units. */
const AIM = 120;
const NAMES = /^\p{Lu}[\p{L}.'’-]{1,20}(?:(?:,| and|\/|&) ?\p{Lu}[\p{L}.'’-]{1,20}){0,3} ?[,:-] (?=\p{Lu})/u;
/** Asides in brackets; those with figures may be the number that the mail is about. */
const ASIDE = / ?\([^()]{0,80}\)/g;
/** Where a clause begins that explains, joins or limits what was said before it. */
const CLAUSE =
  /,? (?:which|who|because|since|so that|although|though|while|whereas|unless|as soon as|in order to|and (?:i|we|he|she|they|it|you|that|would|will|can|please)\b|but|so (?:i|we|that|please)|if you|when you|before we|after we|weil|damit|obwohl|sodass|wobei|aber|parce que|afin (?:que|de)|bien que|tandis que|mais|porque|para que|aunque|mientras|pero|perch[eé]|affinché|anche se|mentre|ma|embora|enquanto|mas)(?![\p{L}]).*$/iu;

/** Makes a headline of a sentence: without names, lead-in, asides and trailing clauses; never longer than `most`. */
export function compressLine(sentence: string, most: number): string {
  let line = sentence.replace(NAMES, '');
  line = withoutLeadIn(withoutLeadIn(line));
  line = line.replace(ASIDE, (aside) => (/\d/.test(aside) ? aside : ''));
  const main = line.replace(CLAUSE, '');
  if (main.length >= LEAST) line = main;
  return shorten(capitalise(line.length > AIM ? endAtClause(line) : line), most);
}

function withoutLeadIn(line: string): string {
  for (const pattern of LEAD_INS) {
    const rest = line.replace(pattern, '');
    if (rest.length < line.length) return rest.length >= LEAST_AFTER_LEAD_IN ? rest : line;
  }
  return line;
}

function endAtClause(line: string): string {
  const room = line.slice(0, AIM + 1);
  const at = Math.max(...[', ', '; ', ': ', ' - ', ' – '].map((mark) => room.lastIndexOf(mark)));
  return at >= LEAST ? room.slice(0, at) : shorten(line, AIM);
}

/** Addresses and links stay as they are. */
function capitalise(text: string): string {
  return text.replace(/^\p{Ll}(?=[\p{L}'’]{0,30}(?:[\s,;:!?]|$))/u, (first) => first.toUpperCase());
}
