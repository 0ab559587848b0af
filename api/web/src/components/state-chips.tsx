import type { MessageState } from '../../../../src/domain/message.ts';
import { useOverview } from '../api/use-overview.ts';
import { formatNumber } from '../format/format-number.ts';
import { useFilters } from '../state/use-filters.ts';

const VIEWS: readonly { readonly state: MessageState | undefined; readonly label: string }[] = [
  { state: undefined, label: 'All' },
  { state: 'awaiting-approval', label: 'To approve' },
  { state: 'running', label: 'Running' },
  { state: 'parked', label: 'Waiting' },
  { state: 'settled', label: 'Done' },
  { state: 'quarantined', label: 'Quarantined' },
  { state: 'skipped', label: 'Skipped' },
  { state: 'cancelled', label: 'Cancelled' },
];

/** What a machine may not end alone; there only while there is any, or while it is chosen. */
function PersonChip({ waiting }: { readonly waiting: number }) {
  const { filters, change } = useFilters();
  const isChosen = filters.needsPerson === 'true';
  if (waiting === 0 && !isChosen) return null;
  return (
    <button
      type="button"
      className="chip"
      aria-pressed={isChosen}
      onClick={() => change({ needsPerson: isChosen ? undefined : 'true' })}
    >
      Needs a person
      <span className="faint">{formatNumber(waiting)}</span>
    </button>
  );
}

/** Whose answer was due before now; nobody counts them beforehand. */
function OverdueChip() {
  const { filters, change } = useFilters();
  const isChosen = filters.overdue === 'true';
  return (
    <button
      type="button"
      className="chip"
      aria-pressed={isChosen}
      onClick={() => change({ overdue: isChosen ? undefined : 'true' })}
    >
      Overdue
    </button>
  );
}

/** One press for each state that has messages; how many stands beside it. */
export function StateChips() {
  const { data } = useOverview();
  const { filters, change } = useFilters();
  const count = (state: MessageState | undefined) =>
    (state === undefined ? data?.messages : data?.byState[state]) ?? 0;
  const shown = VIEWS.filter(
    ({ state }) => state === undefined || state === filters.state || count(state) > 0,
  );
  return (
    <fieldset className="chips">
      <legend className="unseen">State</legend>
      {shown.map(({ state, label }) => (
        <button
          key={label}
          type="button"
          className="chip"
          aria-pressed={filters.state === state}
          onClick={() => change({ state })}
        >
          {label}
          {data === undefined ? null : <span className="faint">{formatNumber(count(state))}</span>}
        </button>
      ))}
      <PersonChip waiting={data?.needPerson ?? 0} />
      <OverdueChip />
    </fieldset>
  );
}
