import { useEffect, useRef } from 'react';
import type { PiiSpan } from '../../../../src/domain/message.ts';
import { humanize } from '../format/humanize.ts';
import { clipSpans, type Segment, splitSegments } from '../format/split-segments.ts';
import { splitSpans } from '../format/split-spans.ts';

interface MarkedTextProps {
  readonly text: string;
  readonly spans: readonly PiiSpan[];
  /** Set off from the rest: the end of the text. */
  readonly signature?: string | null;
  /** Shown and lit up, offsets into the text. */
  readonly pointedAt?: { readonly start: number; readonly end: number } | undefined;
}

/** Plain text as it was written: personal details marked, the signature set off, a sentence lit up when asked for. */
export function MarkedText({ text, spans, signature = null, pointedAt }: MarkedTextProps) {
  const whole = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (pointedAt !== undefined)
      whole.current?.querySelector('.body-lit')?.scrollIntoView({ block: 'center' });
  }, [pointedAt]);
  const hasSignature = signature !== null && signature !== '' && text.endsWith(signature);
  const signatureStart = hasSignature ? text.length - signature.length : text.length;
  return (
    <p ref={whole} className="body-text" dir="auto">
      {splitSegments(text.length, pointedAt, signatureStart).map((segment) => (
        <span key={segment.start} className={toClass(segment)}>
          {splitSpans(text.slice(segment.start, segment.end), clipSpans(spans, segment)).map(
            ({ start, text: piece, kind }) =>
              kind === undefined ? (
                piece
              ) : (
                <mark key={start} title={`Personal: ${humanize(kind)}`}>
                  {piece}
                </mark>
              ),
          )}
        </span>
      ))}
    </p>
  );
}

function toClass({ isPointedAt, isSignature }: Segment): string | undefined {
  if (isPointedAt) return 'body-lit';
  return isSignature ? 'body-signature' : undefined;
}
