/** Cuts at a word's end and marks the cut with `…`; the result has at most `most` UTF-16 units. */
export function shorten(text: string, most: number): string {
  if (text.length <= most) return text;
  const room = text.slice(0, most - 1);
  const space = room.lastIndexOf(' ');
  const cut = space > most / 2 ? room.slice(0, space) : dropHalfPair(room);
  return `${cut.replace(/[\s,;:–-]+$/, '')}…`;
}

function dropHalfPair(text: string): string {
  const last = text.charCodeAt(text.length - 1);
  return last >= 0xd800 && last <= 0xdbff ? text.slice(0, -1) : text;
}
