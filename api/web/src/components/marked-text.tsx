import type { z } from 'zod';
import type { MessageBody } from '../../../schemas/message.ts';
import { humanize } from '../format/humanize.ts';
import { splitSpans } from '../format/split-spans.ts';

interface MarkedTextProps {
  readonly text: string;
  readonly spans: z.input<typeof MessageBody>['pii'];
}

/** Plain text as it was written, with the personal details in it marked. */
export function MarkedText({ text, spans }: MarkedTextProps) {
  return (
    <p className="body-text" dir="auto">
      {splitSpans(text, spans).map(({ start, text: piece, kind }) =>
        kind === undefined ? (
          piece
        ) : (
          <mark key={start} title={`Personal: ${humanize(kind)}`}>
            {piece}
          </mark>
        ),
      )}
    </p>
  );
}
