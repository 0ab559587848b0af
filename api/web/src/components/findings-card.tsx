import type { z } from 'zod';
import type { SourceSpan } from '../../../../src/domain/analysis.ts';
import type { Findings } from '../../../schemas/message.ts';
import { humanize } from '../format/humanize.ts';
import { Card } from './card.tsx';
import './findings-card.css';

interface FindingsCardProps {
  readonly findings: z.input<typeof Findings>;
  readonly onPoint: (place: SourceSpan) => void;
}

/** What to do next, the mood, and the numbers and dates that the message names. */
export function FindingsCard({ findings, onPoint }: FindingsCardProps) {
  const { entities, nextAction, sentiment } = findings;
  return (
    <Card title="Next">
      <p className="finding-action">{humanize(nextAction.action)}</p>
      <p className="small faint">{nextAction.reason}</p>
      <Mood sentiment={sentiment} />
      {entities.length === 0 ? null : (
        <dl className="findings" aria-label="Named in the message">
          {entities.map(({ kind, text, value, in: place, start, end }) => (
            <div key={`${place}-${start}`} className="finding">
              <dt>{humanize(kind)}</dt>
              <dd>
                <button
                  type="button"
                  className="finding-place"
                  title="Show it in the message"
                  onClick={() => onPoint({ in: place, start, end })}
                >
                  {text}
                </button>
                {value === '' || value === text ? null : <span className="faint"> {value}</span>}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </Card>
  );
}

/** From furious at the left to delighted at the right. */
function Mood({ sentiment }: { readonly sentiment: z.input<typeof Findings>['sentiment'] }) {
  const { label, score, reasons } = sentiment;
  const half = Math.min(1, Math.abs(score)) * 50;
  return (
    <div className="mood">
      <p className="mood-head">
        <span className="faint">Mood</span>
        <span>
          {humanize(label)} <span className="faint">{score.toFixed(2)}</span>
        </span>
      </p>
      <div className="mood-track" aria-hidden="true">
        <span
          className={score < 0 ? 'mood-fill mood-bad' : 'mood-fill'}
          style={{ width: `${half}%`, left: `${score < 0 ? 50 - half : 50}%` }}
        />
      </div>
      {reasons.length === 0 ? null : (
        <p className="small faint">{reasons.map(({ text }) => text).join(', ')}</p>
      )}
    </div>
  );
}
