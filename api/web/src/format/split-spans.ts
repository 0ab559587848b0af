interface Span {
  readonly kind: string;
  readonly start: number;
  readonly end: number;
}

interface Piece {
  readonly start: number;
  readonly text: string;
  readonly kind: string | undefined;
}

/** Cuts a text at its spans. One that overlaps an earlier one, or lies outside, is left out. */
export function splitSpans(text: string, spans: readonly Span[]): readonly Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const { kind, start, end } of [...spans].sort((a, b) => a.start - b.start)) {
    if (start < at || end <= start || end > text.length) continue;
    if (start > at) pieces.push({ start: at, text: text.slice(at, start), kind: undefined });
    pieces.push({ start, text: text.slice(start, end), kind });
    at = end;
  }
  if (at < text.length) pieces.push({ start: at, text: text.slice(at), kind: undefined });
  return pieces;
}
