import { Link } from 'react-router';
import { useBatches } from '../api/use-batches.ts';
import { BatchCard } from './batch-card.tsx';
import { Card } from './card.tsx';

/** The batches that are on their way; nothing when there are none. */
export function RunningBatches() {
  const { items } = useBatches();
  const open = (items ?? []).filter(({ state }) => state === 'running' || state === 'paused');
  if (open.length === 0) return null;
  return (
    <Card title="Under way" flush aside={<Link to="/batches">All batches</Link>}>
      {open.map((batch) => (
        <BatchCard key={batch.id} batch={batch} />
      ))}
    </Card>
  );
}
