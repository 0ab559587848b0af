/** The text between tags, for HTML that the real converter must not see. Linear; entities stay as they are. */
export function stripTags(html: string): string {
  const pieces: string[] = [];
  let pos = 0;
  while (pos < html.length) {
    const open = html.indexOf('<', pos);
    if (open < 0) break;
    pieces.push(html.slice(pos, open));
    const close = html.indexOf('>', open);
    if (close < 0) return pieces.join(' ');
    pos = close + 1;
  }
  pieces.push(html.slice(pos));
  return pieces.filter((piece) => piece.trim() !== '').join('\n');
}
