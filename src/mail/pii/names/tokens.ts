/** One word, number or sign of a text; UTF-16 offsets. */
export interface Token {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Line breaks between the token before and this one, at most 2; the first token has 2. */
  readonly breaks: number;
}

const TOKEN = /\p{L}[\p{L}\p{M}]{0,60}(?:['’][\p{L}\p{M}]{1,30}){0,3}|\p{N}{1,30}|[^\s\p{L}\p{N}]/gu;

/** Words with their inner apostrophes, runs of digits, and single signs. */
export function toTokens(text: string): Token[] {
  const tokens: Token[] = [];
  let last = 0;
  for (const match of text.matchAll(TOKEN)) {
    const start = match.index;
    const gap = text.slice(last, start);
    const first = gap.indexOf('\n');
    const breaks = last === 0 ? 2 : first < 0 ? 0 : gap.indexOf('\n', first + 1) < 0 ? 1 : 2;
    last = start + match[0].length;
    const possessive = match[0].endsWith('s') ? /^(.{2,})['’]s$/u.exec(match[0])?.[1] : undefined;
    if (possessive === undefined) tokens.push({ text: match[0], start, end: last, breaks });
    else {
      const cut = start + possessive.length;
      tokens.push(
        { text: possessive, start, end: cut, breaks },
        { text: "'s", start: cut, end: last, breaks: 0 },
      );
    }
  }
  return tokens;
}
