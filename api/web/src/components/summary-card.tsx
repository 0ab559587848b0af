import type { z } from 'zod';
import type { Analysis } from '../../../schemas/message.ts';
import { Card } from './card.tsx';
import './summary-card.css';

interface SummaryCardProps {
  readonly summary: NonNullable<z.input<typeof Analysis>['summary']>;
  readonly language: string | null;
}

export function SummaryCard({ summary, language }: SummaryCardProps) {
  const points = summary.points.filter((point) => point !== summary.line);
  return (
    <Card title="Summary">
      <div lang={language ?? undefined} dir="auto">
        <p className="summary-line">{summary.line}</p>
        {points.length === 0 ? null : (
          <ul className="summary-points">
            {points.map((point) => (
              <li key={point}>{point}</li>
            ))}
          </ul>
        )}
      </div>
    </Card>
  );
}
