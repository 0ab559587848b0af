import { PRIORITIES, type Priority } from '../../../../src/domain/priority.ts';
import type { Overview } from '../../../schemas/overview.ts';
import { useOverview } from '../api/use-overview.ts';
import { type Bar, BarList } from '../components/bar-list.tsx';
import { Card } from '../components/card.tsx';
import { HealthSummary } from '../components/health-summary.tsx';
import { PageHeader } from '../components/page-header.tsx';
import { QueryView } from '../components/query-view.tsx';
import { RunningBatches } from '../components/running-batches.tsx';
import { StartHint } from '../components/start-hint.tsx';
import { ThroughputChart } from '../components/throughput-chart.tsx';
import { Totals } from '../components/totals.tsx';
import { humanize } from '../format/humanize.ts';

const TONES: Partial<Record<Priority, 'red' | 'amber' | 'gray'>> = {
  URGENT: 'red',
  HIGH: 'amber',
  LOW: 'gray',
};

/** What happens just now, and what waits for a person. */
export function OverviewPage() {
  const overview = useOverview();
  return (
    <div className="page">
      <div className="page-body">
        <PageHeader title="Overview" />
        <QueryView {...overview} lines={8}>
          {(data) => (
            <>
              {data.messages === 0 && data.quarantineOpen === 0 ? <StartHint /> : <Totals overview={data} />}
              <RunningBatches />
              {data.messages === 0 ? <HealthSummary /> : <Charts overview={data} />}
            </>
          )}
        </QueryView>
      </div>
    </div>
  );
}

function Charts({ overview }: { readonly overview: Overview }) {
  return (
    <div className="columns">
      <Card title="Categories">
        <BarList bars={toCategoryBars(overview.byCategory)} />
      </Card>
      <div className="page-body">
        <Card title="Priorities">
          <BarList bars={toPriorityBars(overview.byPriority)} />
        </Card>
        <Card title="Settled by minute">
          <ThroughputChart throughput={overview.throughput} />
        </Card>
        <HealthSummary />
      </div>
    </div>
  );
}

function toCategoryBars(counts: Overview['byCategory']): readonly Bar[] {
  return Object.entries(counts)
    .sort(([, a], [, b]) => b - a)
    .map(([id, count]) => ({
      id,
      label: humanize(id),
      count,
      to: `/messages?category=${encodeURIComponent(id)}`,
    }));
}

function toPriorityBars(counts: Overview['byPriority']): readonly Bar[] {
  return PRIORITIES.map((id) => {
    const tone = TONES[id];
    const bar = { id, label: humanize(id), count: counts[id] ?? 0, to: `/messages?priority=${id}` };
    return tone === undefined ? bar : { ...bar, tone };
  });
}
