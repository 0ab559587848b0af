import type { z } from 'zod';
import type { Analysis } from '../../../schemas/message.ts';
import { formatPercent } from '../format/format-percent.ts';
import { humanize } from '../format/humanize.ts';
import { Card } from './card.tsx';
import './decisions-card.css';
import { ReasonList } from './reason-list.tsx';

interface DecisionsCardProps {
  readonly analysis: z.input<typeof Analysis>;
  readonly priorityBy: string | null;
}

/** Why it was sorted as it was, and what did the sorting. */
export function DecisionsCard({ analysis, priorityBy }: DecisionsCardProps) {
  const { classification, priority } = analysis;
  const others = classification.alternatives.map(
    ({ category, confidence }) => `${humanize(category)} ${formatPercent(confidence)}`,
  );
  return (
    <Card title="Why">
      <div className="decision">
        <p>
          <strong>{humanize(classification.category)}</strong>, {formatPercent(classification.confidence)}{' '}
          sure
          {others.length === 0 ? null : <span className="faint"> · else {others.join(', ')}</span>}
        </p>
        <ReasonList reasons={classification.reasons} />
        {classification.labels.length === 0 ? null : (
          <p>
            Also{' '}
            {classification.labels
              .map(({ category, confidence }) => `${humanize(category)} ${formatPercent(confidence)}`)
              .join(', ')}
          </p>
        )}
      </div>
      {classification.needsAction === null ? null : (
        <div className="decision">
          <p>
            <strong>{classification.needsAction ? 'Somebody waits for us' : 'Nobody waits for us'}</strong>
          </p>
          <ReasonList reasons={classification.needsActionReasons} />
        </div>
      )}
      {priority === null ? null : (
        <div className="decision">
          <p>
            <strong>{humanize(priority.priority)} priority</strong>
            {priorityBy === null ? null : <span className="faint"> · changed since by {priorityBy}</span>}
          </p>
          <ReasonList reasons={priority.reasons} />
        </div>
      )}
      <p className="provenance">
        Decided by {analysis.engine} {analysis.engineVersion}
        {analysis.model === null ? '' : `, model ${analysis.model}`}
        {analysis.promptVersion === null ? '' : `, prompt ${analysis.promptVersion}`}, taxonomy{' '}
        {analysis.taxonomyVersion}
      </p>
    </Card>
  );
}
