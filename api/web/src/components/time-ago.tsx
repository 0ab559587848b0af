import { formatInstant } from '../format/format-instant.ts';
import { formatRelative } from '../format/format-relative.ts';
import { useNow } from '../state/use-now.ts';

const PACE_MS = 15_000;

/** How long ago; the exact time on hover. */
export function TimeAgo({ instant }: { readonly instant: string }) {
  const now = useNow(PACE_MS);
  const then = new Date(instant);
  return (
    <time dateTime={instant} title={formatInstant(then)}>
      {formatRelative(then, now)}
    </time>
  );
}
