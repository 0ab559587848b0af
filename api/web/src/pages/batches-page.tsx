import { useBatches } from '../api/use-batches.ts';
import { BatchCard } from '../components/batch-card.tsx';
import { BatchTuning } from '../components/batch-tuning.tsx';
import { Card } from '../components/card.tsx';
import { LoadMore } from '../components/load-more.tsx';
import { Notice } from '../components/notice.tsx';
import { PageHeader } from '../components/page-header.tsx';
import { QueryView } from '../components/query-view.tsx';

/** Every pull and import, newest first, with its controls. */
export function BatchesPage() {
  const list = useBatches();
  return (
    <div className="page">
      <div className="page-body">
        <PageHeader title="Batches" hint="Each pull and import, newest first." />
        <QueryView data={list.items} error={list.error} refetch={list.refetch} lines={8}>
          {(items) =>
            items.length === 0 ? (
              <Notice title="No batches yet">
                <p>
                  Import a folder with <code>npm start -- --mail PATH</code>, or pull an account.
                </p>
              </Notice>
            ) : (
              <Card title="Pulls and imports" flush>
                {items.map((batch) => (
                  <BatchCard key={batch.id} batch={batch}>
                    <BatchTuning batch={batch} />
                  </BatchCard>
                ))}
              </Card>
            )
          }
        </QueryView>
        <div>
          <LoadMore {...list} />
        </div>
      </div>
    </div>
  );
}
