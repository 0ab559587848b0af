import type { z } from 'zod';
import type { SourceSpan } from '../../../../src/domain/analysis.ts';
import type { Analysis } from '../../../schemas/message.ts';
import type { MessageBody } from '../../../schemas/message-body.ts';
import { Card } from './card.tsx';
import './summary-card.css';

type Summary = NonNullable<z.input<typeof Analysis>['summary']>;

interface SummaryCardProps {
  readonly summary: Summary;
  readonly subject: string;
  readonly body: Pick<z.input<typeof MessageBody>, 'text' | 'visibleText'> | null;
  readonly language: string | null;
  readonly onPoint: (place: SourceSpan) => void;
}

/** The line, and points each with the sentence of the message that it comes from; a press shows it in its place. */
export function SummaryCard({ summary, subject, body, language, onPoint }: SummaryCardProps) {
  const points = summary.points.filter(({ text }) => text !== summary.line);
  const texts = { subject, text: body?.text ?? '', visibleText: body?.visibleText ?? '' };
  return (
    <Card title="Summary">
      <div lang={language ?? undefined} dir="auto">
        <p className="summary-line">{summary.line}</p>
        {points.length === 0 ? null : (
          <ul className="summary-points">
            {points.map(({ text, from }) => (
              <li key={text}>
                <Point text={text} from={from} texts={texts} onPoint={onPoint} />
              </li>
            ))}
          </ul>
        )}
      </div>
    </Card>
  );
}

interface PointProps {
  readonly text: string;
  readonly from: SourceSpan | null;
  readonly texts: Readonly<Record<SourceSpan['in'], string>>;
  readonly onPoint: (place: SourceSpan) => void;
}

/** With its sentence beneath it, unless it is that sentence. */
function Point({ text, from, texts, onPoint }: PointProps) {
  if (from === null) {
    return (
      <>
        {text}
        <span className="summary-unfounded">No sentence of the message says this</span>
      </>
    );
  }
  const sentence = texts[from.in].slice(from.start, from.end).replaceAll(/\s+/g, ' ').trim();
  const isSame = sentence.toLowerCase() === text.toLowerCase();
  return (
    <>
      {isSame ? null : text}
      <button
        type="button"
        className={isSame ? 'summary-source summary-same' : 'summary-source'}
        title={isSame ? 'A sentence of the message: show it there' : 'Its sentence: show it in the message'}
        // A new object each time: the same place may be asked for again.
        onClick={() => onPoint({ ...from })}
      >
        {isSame ? text : `“${sentence}”`}
      </button>
    </>
  );
}
