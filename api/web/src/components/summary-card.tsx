import type { z } from 'zod';
import type { Analysis, MessageBody } from '../../../schemas/message.ts';
import { Card } from './card.tsx';
import './summary-card.css';

interface SummaryCardProps {
  readonly summary: NonNullable<z.input<typeof Analysis>['summary']>;
  readonly body: Pick<z.input<typeof MessageBody>, 'text' | 'visibleText'> | null;
  readonly language: string | null;
}

/** The line, and points that show on hover the sentence of the message they come from. */
export function SummaryCard({ summary, body, language }: SummaryCardProps) {
  const points = summary.points.filter(({ text }) => text !== summary.line);
  const quote = (from: (typeof points)[number]['from']): string | undefined => {
    if (from === null) return 'No sentence of the message says this';
    return from.in === 'subject' ? undefined : body?.[from.in].slice(from.start, from.end);
  };
  return (
    <Card title="Summary">
      <div lang={language ?? undefined} dir="auto">
        <p className="summary-line">{summary.line}</p>
        {points.length === 0 ? null : (
          <ul className="summary-points">
            {points.map(({ text, from }) => (
              <li key={text} title={quote(from)}>
                {text}
                {from === null ? <span className="faint"> (not found in the message)</span> : null}
              </li>
            ))}
          </ul>
        )}
      </div>
    </Card>
  );
}
