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

interface FlagChipProps {
  readonly flag: 'needsPerson' | 'overdue';
  readonly label: string;
  /** There only while there are any, or while it is chosen; undefined: nobody counts them beforehand. */
  readonly count?: number;
}

/** One press asks for those that it names, the next for all again. */
function FlagChip({ flag, label, count }: FlagChipProps) {
  const { filters, change } = useFilters();
  const isChosen = filters[flag] === 'true';
  if (count === 0 && !isChosen) return null;
  return (
    <button
      type="button"
      className="chip"
      aria-pressed={isChosen}
      onClick={() => change({ [flag]: isChosen ? undefined : 'true' })}
    >
      {label}
      {count === undefined ? null : <span className="faint">{formatNumber(count)}</span>}
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
      <FlagChip flag="needsPerson" label="Needs a person" count={data?.needPerson ?? 0} />
      <FlagChip flag="overdue" label="Overdue" />
    </fieldset>
  );
}
