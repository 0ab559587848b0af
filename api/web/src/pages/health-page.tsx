import type { Health } from '../../../schemas/health.ts';
import { useHealth } from '../api/use-health.ts';
import { Card } from '../components/card.tsx';
import { ErrorNotice } from '../components/error-notice.tsx';
import { HealthList } from '../components/health-list.tsx';
import { PageHeader } from '../components/page-header.tsx';
import { QueryView } from '../components/query-view.tsx';
import { TimeAgo } from '../components/time-ago.tsx';

const WORDS: Record<Health['status'], string> = {
  healthy: 'Everything is up.',
  degraded: 'Mail is processed; something optional is down.',
  unhealthy:
    'Mail is not processed: something required is down. Nothing is lost, it goes on when that is back.',
};

/** Each component with its latency. */
export function HealthPage() {
  const health = useHealth();
  return (
    <div className="page">
      <div className="page-body">
        <PageHeader title="Health" hint={health.data && WORDS[health.data.status]} />
        {health.isRefetchError ? (
          <ErrorNotice error={health.error} onRetry={() => void health.refetch()} />
        ) : null}
        <QueryView {...health}>
          {({ components, checkedAt }) => (
            <Card
              title="Components"
              aside={
                <span className="small faint">
                  checked <TimeAgo instant={checkedAt} />
                </span>
              }
            >
              <HealthList components={components} />
            </Card>
          )}
        </QueryView>
      </div>
    </div>
  );
}
