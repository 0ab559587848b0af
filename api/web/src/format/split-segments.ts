interface Range {
  readonly start: number;
  readonly end: number;
}

export interface Segment extends Range {
  readonly isPointedAt: boolean;
  readonly isSignature: boolean;
}

/** Cuts a text where something is pointed at and where the signature begins; offsets outside of it count for nothing. */
export function splitSegments(
  length: number,
  pointedAt: Range | undefined,
  signatureStart: number,
): readonly Segment[] {
  const cuts = [0, length, signatureStart, pointedAt?.start ?? 0, pointedAt?.end ?? 0]
    .filter((cut) => cut >= 0 && cut <= length)
    .sort((a, b) => a - b);
  return cuts.slice(1).flatMap((end, index) => {
    const start = cuts[index] ?? end;
    if (start === end) return [];
    const isPointedAt = pointedAt !== undefined && start >= pointedAt.start && end <= pointedAt.end;
    return [{ start, end, isPointedAt, isSignature: start >= signatureStart }];
  });
}

/** The spans within a range, counted from its start; those that cross its ends are cut there. */
export function clipSpans<T extends Range>(spans: readonly T[], { start, end }: Range): readonly T[] {
  return spans
    .filter((span) => span.start < end && span.end > start)
    .map((span) => ({
      ...span,
      start: Math.max(span.start, start) - start,
      end: Math.min(span.end, end) - start,
    }));
}
