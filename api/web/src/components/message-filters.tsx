import { PRIORITIES } from '../../../../src/domain/priority.ts';
import { useAccounts } from '../api/use-accounts.ts';
import { useOverview } from '../api/use-overview.ts';
import { humanize } from '../format/humanize.ts';
import { useFilters } from '../state/use-filters.ts';
import { FilterSelect } from './filter-select.tsx';
import './message-filters.css';
import { ScopeChips } from './scope-chips.tsx';
import { SearchField } from './search-field.tsx';
import { StateChips } from './state-chips.tsx';

const toOption = (id: string) => ({ value: id, label: humanize(id) });

export function MessageFilters() {
  const { filters, change } = useFilters();
  const { data: overview } = useOverview();
  const { data: accounts } = useAccounts();
  const categories = Object.keys(overview?.byCategory ?? {}).sort();
  return (
    <search className="filters">
      <h1 className="unseen">Messages</h1>
      <div className="filters-top">
        <SearchField value={filters.q ?? ''} onSearch={(q) => change({ q })} />
        <div className="filters-selects">
          <FilterSelect
            label="Category"
            value={filters.category}
            options={categories.map(toOption)}
            onChange={(category) => change({ category })}
          />
          <FilterSelect
            label="Label"
            value={filters.label}
            options={categories.map(toOption)}
            onChange={(label) => change({ label })}
          />
          <FilterSelect
            label="Priority"
            value={filters.priority}
            options={PRIORITIES.map(toOption)}
            onChange={(priority) => change({ priority })}
          />
          <FilterSelect
            label="Account"
            value={filters.accountId}
            options={(accounts?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(accountId) => change({ accountId })}
          />
        </div>
      </div>
      <StateChips />
      <ScopeChips />
    </search>
  );
}
