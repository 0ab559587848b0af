import type { Batch } from '../../../schemas/batch.ts';
import { describeProgress } from '../format/describe-progress.ts';
import { formatNumber } from '../format/format-number.ts';
import './batch-progress.css';

const PARTS = [
  { id: 'processed', label: 'processed' },
  { id: 'awaitingApproval', label: 'to approve' },
  { id: 'duplicates', label: 'duplicates' },
  { id: 'quarantined', label: 'quarantined' },
  { id: 'ended', label: 'skipped or cancelled' },
  { id: 'running', label: 'running' },
] as const;

/** What became of a batch's messages, as one bar with its key. */
export function BatchProgress({ batch }: { readonly batch: Batch }) {
  const { totals } = batch;
  const { done, of } = describeProgress(batch);
  const counts = { ...totals, ended: totals.skipped + totals.cancelled };
  const whole = Math.max(1, of ?? totals.messages);
  const parts = PARTS.map((part) => ({ ...part, count: counts[part.id] })).filter(({ count }) => count > 0);
  return (
    <div className="progress">
      <div
        className="progress-track"
        role="progressbar"
        aria-label={`Progress of ${batch.label}`}
        aria-valuemin={0}
        aria-valuemax={of ?? whole}
        aria-valuenow={of === undefined ? undefined : done}
        aria-valuetext={`${formatNumber(done)} of ${of === undefined ? 'an unknown number' : formatNumber(of)}`}
      >
        {parts.map(({ id, count }) => (
          <span
            key={id}
            className={`progress-part part-${id}`}
            style={{ width: `${(100 * count) / whole}%` }}
          />
        ))}
      </div>
      <ul className="progress-key">
        {parts.map(({ id, label, count }) => (
          <li key={id}>
            <span className={`progress-swatch part-${id}`} />
            {formatNumber(count)} {label}
          </li>
        ))}
      </ul>
    </div>
  );
}
