import type { Overview } from '../../../schemas/overview.ts';
import { useBatches } from '../api/use-batches.ts';
import { formatNumber } from '../format/format-number.ts';
import { StatLink } from './stat-link.tsx';

/** The figures at the top of the overview. */
export function Totals({ overview }: { readonly overview: Overview }) {
  const { byState, byOutcome } = overview;
  const { items = [] } = useBatches();
  // A duplicate leaves no message behind: only the batch that met it counts it.
  const duplicates = items.reduce((sum, { totals }) => sum + totals.duplicates, 0);
  const onTheWay = (byState.parked ?? 0) + (byState.running ?? 0);
  return (
    <div className="stats">
      <StatLink
        label="Processed"
        figure={byState.settled ?? 0}
        hint={`${formatNumber(byOutcome.sent ?? 0)} with a reply sent`}
        to="/messages?state=settled"
      />
      <StatLink
        label="To approve"
        figure={overview.pendingDrafts}
        hint="drafts that wait for you"
        to="/messages?state=awaiting-approval"
        tone="violet"
      />
      <StatLink label="Running" figure={onTheWay} hint="on their way now" to="/messages?state=running" />
      <StatLink label="Duplicates" figure={duplicates} hint="turned away, latest batches" to="/batches" />
      <StatLink
        label="Quarantined"
        figure={overview.quarantineOpen}
        hint="parked with a reason"
        to="/quarantine"
        tone="red"
      />
    </div>
  );
}
