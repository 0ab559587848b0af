import { humanize } from '../format/humanize.ts';
import { type Filter, useFilters } from '../state/use-filters.ts';
import { Icon } from './icon.tsx';

const SCOPES: readonly (readonly [Filter, string])[] = [
  ['batchId', 'One batch'],
  ['conversationId', 'One conversation'],
  ['outcome', 'Outcome'],
];

/** Filters that only links set: shown so that they can be taken off. */
export function ScopeChips() {
  const { filters, change } = useFilters();
  const set = SCOPES.filter(([name]) => filters[name] !== undefined);
  if (set.length === 0) return null;
  return (
    <div className="chips">
      {set.map(([name, label]) => (
        <button
          key={name}
          type="button"
          className="chip chip-set"
          title={filters[name]}
          aria-label={`Remove the filter: ${label}`}
          onClick={() => change({ [name]: undefined })}
        >
          {name === 'outcome' ? `${label}: ${humanize(filters.outcome ?? '')}` : label}
          <Icon name="close" />
        </button>
      ))}
    </div>
  );
}
