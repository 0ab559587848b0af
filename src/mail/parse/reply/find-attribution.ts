import { ATTRIBUTION_END, ATTRIBUTION_START } from './attribution-words.ts';

/** Lines that introduce a quote: `On 3 May 2024 at 10:00, Ann <ann@example.com> wrote:`. */
export interface Attribution {
  readonly lines: number;
  /** It names an address or a time of day, so it is a program's and not the person's own sentence. */
  readonly certain: boolean;
}

const MAX_LINES = 6;
const MAX_CHARS = 500;
/** `On Monday,` may be wrapped before its date; a line of prose that happens to start so is longer. */
const MAX_BARE_START = 40;
const ADDRESS = /[^\s@<]@[^\s@>]/;
const BRACKETED_END = /[<([][^\s@<>]{1,64}@[^\s<>@]{1,255}[>)\]]\s{0,2}[:：]?$/;
const MAX_DATED_CHARS = 160;
const DATE = /(?:^|\D)(?:19|20)\d\d(?:\D|$)|\b\d{1,2}[./-]\d{1,2}[./-]\d\d\b/;
const TIME = /(?:^|\D)\d{1,2}[:.h]\d\d(?:\D|$)/;
/** Horde and SOGo: `Zitat von Ann <ann@example.com>:`. */
const QUOTING = /^\s{0,3}\p{Lu}[^.!?<>\n]{2,80}<[^\s@<>]{1,64}@[^\s<>@]{1,255}>[:：]\s{0,3}$/u;
const OLD_GMAIL =
  /^\d{4}[-/]\d{1,2}[-/]\d{1,2}(?: \d{1,2}:\d\d (?:GMT|UTC)[+-]\d\d:?\d\d [^\n]{1,100}| [^\n<]{0,100}<[^<>\s@]{1,64}@[^<>\s]{1,255}>):?$/;

/** Looks for an attribution that starts at line `index`; programs wrap it over up to six lines. */
export function findAttribution(lines: readonly string[], index: number): Attribution | undefined {
  const first = lines[index] ?? '';
  if (first.length > MAX_CHARS) return undefined;
  if (OLD_GMAIL.test(first.trim())) return { lines: 1, certain: true };
  const starts = ATTRIBUTION_START.test(first) && (/\d/.test(first) || first.trim().length < MAX_BARE_START);
  let joined = '';
  for (let count = 1; count <= (starts ? MAX_LINES : 1); count++) {
    const line = lines[index + count - 1];
    // A wrapped address may stand after an empty line, a new paragraph may not.
    if (
      line === undefined ||
      line.length > MAX_CHARS ||
      (line.trim() === '' && !wrapsOn(lines[index + count]))
    )
      break;
    if (count > 1 && line.trimStart().startsWith('> ') && !/wrote\W{0,3}$/.test(line)) break;
    joined = `${joined} ${line.trim()}`.slice(-MAX_CHARS);
    if (endsAttribution(joined) && !verbFollows(lines[index + count]))
      return startsWithin(lines, index, count) ? undefined : judge(joined, count, starts);
  }
  return findDated(lines, index);
}

/** In any language and only above a quote: one or two lines with a date, a time or an address, and a colon. */
function findDated(lines: readonly string[], index: number): Attribution | undefined {
  let joined = '';
  for (let count = 1; count <= 2; count++) {
    const line = lines[index + count - 1] ?? '';
    if (line.trim() === '' || line.length > MAX_DATED_CHARS || line.trimStart().startsWith('>'))
      return undefined;
    // Of two lines the first has the date; else it is the sentence above.
    if (count === 2 && (!DATE.test(joined) || ATTRIBUTION_START.test(line))) return undefined;
    joined = `${joined} ${line.trim()}`;
    if (!/[:：]\s{0,3}$/.test(joined)) continue;
    const quoted = (lines[index + count]?.trim() || lines[index + count + 1]?.trim()) ?? '';
    if (!quoted.startsWith('>')) return undefined;
    const dated = DATE.test(joined) && (ADDRESS.test(joined) || TIME.test(joined));
    return dated || QUOTING.test(joined) ? { lines: count, certain: false } : undefined;
  }
  return undefined;
}

// Outlook adds `<mailto:…>` whose colon is not the one we look for; Zoho leaves the colon out.
function endsAttribution(joined: string): boolean {
  if (ATTRIBUTION_END.test(joined.replaceAll('mailto:', ''))) return true;
  if (!ADDRESS.test(joined) || !/\d/.test(joined)) return false;
  if (/ wrote$/i.test(joined) || isDatedSender(joined)) return true;
  // `Ann <ann@example.com> schrieb am 4. März 2024 um 10:00:`, where the time holds a colon too.
  const timeless = joined.replace(/(\d):(?=\d\d)/g, '$1.').replace('(időpont:', '');
  return ATTRIBUTION_END.test(timeless.replaceAll('mailto:', ''));
}

/** In any language: a year, a time of day and, at the end, an address in brackets. */
function isDatedSender(joined: string): boolean {
  const text = joined.trim();
  if (text.length > 200 || !BRACKETED_END.test(text) || /^[\p{L} ]{2,20}[:：]/u.test(text)) return false;
  return /(?:^|\D)(?:19|20)\d\d(?:\D|$)/.test(text) && /\d{1,2}[:.h]\d\d/.test(text);
}

// `> wrote:` on a line of its own, below the address.
function verbFollows(next: string | undefined): boolean {
  return next !== undefined && next.length < 40 && !/\d/.test(next) && ATTRIBUTION_END.test(next);
}

// The sentence above an attribution is not a part of it.
function startsWithin(lines: readonly string[], index: number, count: number): boolean {
  for (let i = index + 1; i < index + count; i++) {
    const line = (lines[i] ?? '').trim();
    if (/^\D{2}/.test(line) && /\d/.test(line) && ATTRIBUTION_START.test(line)) return true;
  }
  return false;
}

function wrapsOn(next: string | undefined): boolean {
  return next?.trimStart().startsWith('<') ?? false;
}

function judge(joined: string, lines: number, starts: boolean): Attribution | undefined {
  const certain = ADDRESS.test(joined) || /\d{1,2}[:.h]\d\d/.test(joined);
  if (!/\d/.test(joined) && !certain) return undefined;
  return starts || certain ? { lines, certain } : undefined;
}
