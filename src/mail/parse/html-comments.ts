const STYLE_OR_SCRIPT = /<(style|script)\b/gi;
const TAG = /<[^<>]{0,2000}>/g;
/** Words in a row: a note of a template (`end of header`) is shorter. */
const PROSE = /(?:[\p{L}\p{N}'’-]{1,40}[\s,;:]{1,4}){6}[\p{L}\p{N}]/u;
const MAX_COMMENTS = 500;

/** True when comments hold sentences: nobody sees them, and a model that is given the source would. */
export function hasProseInComments(html: string): boolean {
  let pos = 0;
  for (let count = 0; count < MAX_COMMENTS; count++) {
    const open = html.indexOf('<!--', pos);
    if (open < 0) return false;
    const style = findStyle(html, pos, open);
    if (style !== undefined) {
      pos = style;
      continue;
    }
    const close = html.indexOf('-->', open + 4);
    const comment = html.slice(open + 4, close < 0 ? undefined : close);
    // Outlook gets its own layout in conditional comments (`[if mso]`): markup and styles, hardly ever sentences.
    const text = comment
      .slice(0, 20_000)
      .replace(/<style[\s\S]*?(?:<\/style|$)/gi, ' ')
      .replace(TAG, ' ');
    if (PROSE.test(text)) return true;
    if (close < 0) return false;
    pos = close + 3;
  }
  return false;
}

/** Where a style or script element ends that opens between `from` and `to`, within which `<!--` is no comment. */
function findStyle(html: string, from: number, to: number): number | undefined {
  STYLE_OR_SCRIPT.lastIndex = from;
  const match = STYLE_OR_SCRIPT.exec(html.slice(0, to));
  if (!match) return undefined;
  const end = html.indexOf(`</${match[1]}`, to);
  return end < 0 ? html.length : end + 2;
}
