import type { z } from 'zod';
import type { Findings } from '../../../schemas/message.ts';
import { humanize } from '../format/humanize.ts';
import { Card } from './card.tsx';
import './findings-card.css';

/** What to do next, the mood, and the numbers and dates that the message names. */
export function FindingsCard({ findings }: { readonly findings: z.input<typeof Findings> }) {
  const { entities, nextAction, sentiment } = findings;
  const moods = sentiment.reasons.map(({ text }) => text).join(', ');
  return (
    <Card title="Next">
      <p>
        <span className="finding-action">{humanize(nextAction.action)}</span>
        <span className="faint"> · {nextAction.reason}</span>
      </p>
      <dl className="findings">
        <dt>Mood</dt>
        <dd title={moods}>
          {humanize(sentiment.label)} <span className="faint">{sentiment.score.toFixed(2)}</span>
        </dd>
        {entities.map(({ kind, text, value, in: place, start }) => (
          <div key={`${place}-${start}`} style={{ display: 'contents' }}>
            <dt>{humanize(kind)}</dt>
            <dd className="cut">
              {text}
              {value === '' || value === text ? null : <span className="faint"> {value}</span>}
            </dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
