import { Link } from 'react-router';
import { useHealth } from '../api/use-health.ts';
import { humanize } from '../format/humanize.ts';
import { Badge } from './badge.tsx';
import { Card } from './card.tsx';
import { HealthList } from './health-list.tsx';
import { QueryView } from './query-view.tsx';

const TONES = { healthy: 'green', degraded: 'amber', unhealthy: 'red' } as const;

export function HealthSummary() {
  const health = useHealth();
  const aside = health.data && (
    <Link to="/system">
      <Badge tone={TONES[health.data.status]}>{humanize(health.data.status)}</Badge>
    </Link>
  );
  return (
    <Card title="Health" aside={aside}>
      <QueryView {...health}>{({ components }) => <HealthList components={components} />}</QueryView>
    </Card>
  );
}
