import { ATTRIBUTION_END, ATTRIBUTION_START } from './quote-words.ts';

/** Lines that introduce a quote: `On 3 May 2024 at 10:00, Ann <ann@example.com> wrote:`. */
export interface Attribution {
  readonly lines: number;
  /** It names an address or a time of day, so it is a program's and not the person's own sentence. */
  readonly certain: boolean;
}

const MAX_LINES = 6;
const MAX_CHARS = 500;
const OLD_GMAIL =
  /^\d{4}[-/]\d{1,2}[-/]\d{1,2}(?: \d{1,2}:\d\d (?:GMT|UTC)[+-]\d\d:?\d\d [^\n]{1,100}| [^\n<]{0,100}<[^<>\s@]{1,64}@[^<>\s]{1,255}>):?$/;

/** Looks for an attribution that starts at line `index`; programs wrap it over up to six lines. */
export function findAttribution(lines: readonly string[], index: number): Attribution | undefined {
  const first = lines[index] ?? '';
  if (first.length > MAX_CHARS) return undefined;
  if (OLD_GMAIL.test(first.trim())) return { lines: 1, certain: true };
  const starts = ATTRIBUTION_START.test(first);
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
    if (endsAttribution(joined)) return judge(joined, count, starts);
  }
  return undefined;
}

// Outlook adds `<mailto:…>` whose colon is not the one we look for; Zoho leaves the colon out.
function endsAttribution(joined: string): boolean {
  if (ATTRIBUTION_END.test(joined.replaceAll('mailto:', ''))) return true;
  return /[^\s@<]@[^\s@>]/.test(joined) && /\d/.test(joined) && / wrote$/i.test(joined);
}

function wrapsOn(next: string | undefined): boolean {
  return next?.trimStart().startsWith('<') ?? false;
}

function judge(joined: string, lines: number, starts: boolean): Attribution | undefined {
  const certain = /[^\s@<]@[^\s@>]/.test(joined) || /\d{1,2}[:.h]\d\d/.test(joined);
  if (!/\d/.test(joined) && !certain) return undefined;
  return starts || certain ? { lines, certain } : undefined;
}
