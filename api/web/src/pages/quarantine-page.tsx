import { useSearchParams } from 'react-router';
import { useAccounts } from '../api/use-accounts.ts';
import { useQuarantine } from '../api/use-quarantine.ts';
import { useRetryAll } from '../api/use-retry-all.ts';
import { Card } from '../components/card.tsx';
import { ConfirmButton } from '../components/confirm-button.tsx';
import { FilterSelect } from '../components/filter-select.tsx';
import { LoadMore } from '../components/load-more.tsx';
import { Notice } from '../components/notice.tsx';
import { PageHeader } from '../components/page-header.tsx';
import { QuarantineRow } from '../components/quarantine-row.tsx';
import { QueryView } from '../components/query-view.tsx';
import { Table } from '../components/table.tsx';

/** What failed for good and blocks nobody: each with its reason. */
export function QuarantinePage() {
  const [search, setSearch] = useSearchParams();
  const accountId = search.get('accountId') ?? undefined;
  const open = search.get('open') === 'false' ? 'false' : undefined;
  const list = useQuarantine({ accountId, open });
  const accounts = useAccounts();
  const retryAll = useRetryAll();
  const change = (name: string, value: string | undefined) => {
    const next = new URLSearchParams(search);
    if (value === undefined) next.delete(name);
    else next.set(name, value);
    setSearch(next, { replace: true });
  };
  const hasRunnable =
    list.items?.some((entry) => entry.messageId !== null && entry.resolution === null) ?? false;
  return (
    <div className="page">
      <div className="page-body">
        <PageHeader title="Quarantine" hint="What failed for good, with its reason. It blocks nobody.">
          <FilterSelect
            label="Account"
            value={accountId}
            options={(accounts.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(value) => change('accountId', value)}
          />
          <FilterSelect
            label="Resolved"
            unset="Open only"
            value={open}
            options={[{ value: 'false', label: 'Resolved too' }]}
            onChange={(value) => change('open', value)}
          />
          <ConfirmButton
            look="main"
            icon="retry"
            disabled={!hasRunnable || retryAll.isPending}
            title="Retry all?"
            consequence={`Every open message ${accountId === undefined ? '' : `of ${accountId} `}is tried again. Mend the cause first, or they come back here.`}
            confirmLabel="Retry all"
            onConfirm={() => retryAll.mutate(accountId)}
          >
            {retryAll.isPending ? 'Retrying…' : 'Retry all'}
          </ConfirmButton>
        </PageHeader>
        <Entries list={list} />
      </div>
    </div>
  );
}

function Entries({ list }: { readonly list: ReturnType<typeof useQuarantine> }) {
  return (
    <QueryView data={list.items} error={list.error} refetch={list.refetch} lines={8}>
      {(items) =>
        items.length === 0 ? (
          <Notice title="Nothing in quarantine">
            <p>A message that fails for good is parked here with its reason, to be retried or skipped.</p>
          </Notice>
        ) : (
          <>
            <Card title="Entries" flush>
              <Table label="Quarantine" columns={['Message', 'Why', 'Since', 'Actions']}>
                {items.map((entry) => (
                  <QuarantineRow key={entry.id} entry={entry} />
                ))}
              </Table>
            </Card>
            <div>
              <LoadMore {...list} />
            </div>
          </>
        )
      }
    </QueryView>
  );
}
