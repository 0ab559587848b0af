import type { Batch } from '../../../schemas/batch.ts';
import { describeProgress } from '../format/describe-progress.ts';
import { formatDuration } from '../format/format-duration.ts';
import { formatNumber } from '../format/format-number.ts';
import { useNow } from '../state/use-now.ts';
import { useRate } from '../state/use-rate.ts';

/** How fast a running batch goes and when it will be done; until it was watched, its average so far. */
export function BatchPace({ batch }: { readonly batch: Batch }) {
  const now = useNow(1_000);
  const { done, of } = describeProgress(batch);
  const watched = useRate(done);
  const elapsed = Math.max(1, (now - Date.parse(batch.createdAt)) / 1_000);
  const rate = watched ?? done / elapsed;
  const left = of === undefined ? undefined : of - done;
  return (
    <span className="small soft">
      <strong>{formatNumber(rate)}</strong> msg/s
      {left === undefined || rate <= 0 || left <= 0 ? null : (
        <>
          {' · '}
          <strong>{formatDuration(left / rate)}</strong> left
        </>
      )}
    </span>
  );
}
