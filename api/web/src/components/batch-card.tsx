import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Batch } from '../../../schemas/batch.ts';
import { describeProgress } from '../format/describe-progress.ts';
import { formatNumber } from '../format/format-number.ts';
import './batch-card.css';
import { BatchControls } from './batch-controls.tsx';
import { BatchPace } from './batch-pace.tsx';
import { BatchProgress } from './batch-progress.tsx';
import { BatchStateBadge } from './batch-state-badge.tsx';
import { ExternalLink } from './external-link.tsx';
import { TimeAgo } from './time-ago.tsx';

interface BatchCardProps {
  readonly batch: Batch;
  readonly children?: ReactNode;
}

/** One batch: what it is, how far it is, and its controls. */
export function BatchCard({ batch, children }: BatchCardProps) {
  const { done, of } = describeProgress(batch);
  return (
    <article className="batch" aria-label={`Batch ${batch.label}`}>
      <div className="row row-spread">
        <div className="batch-title">
          <h3 className="row">
            <Link to={`/messages?batchId=${encodeURIComponent(batch.id)}`}>{batch.label}</Link>
            <BatchStateBadge state={batch.state} />
            {batch.state === 'running' ? <BatchPace batch={batch} /> : null}
          </h3>
          <p className="small faint">
            {formatNumber(done)} of {of === undefined ? 'an unknown number' : formatNumber(of)} · into{' '}
            {batch.accountId} · {batch.kind} · started <TimeAgo instant={batch.createdAt} />
            {batch.finishedAt === null ? null : (
              <>
                , ended <TimeAgo instant={batch.finishedAt} />
              </>
            )}
          </p>
        </div>
        <div className="row">
          {batch.workflowUrl === null ? null : (
            <ExternalLink asButton href={batch.workflowUrl}>
              Temporal
            </ExternalLink>
          )}
          <BatchControls batch={batch} />
        </div>
      </div>
      {batch.totals.messages === 0 && batch.finishedAt !== null ? null : <BatchProgress batch={batch} />}
      {batch.reason === null ? null : <p className="small soft">{batch.reason}</p>}
      {children}
    </article>
  );
}
