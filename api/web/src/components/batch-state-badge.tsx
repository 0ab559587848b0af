import type { Batch } from '../../../schemas/batch.ts';
import { humanize } from '../format/humanize.ts';
import { Badge, type Tone } from './badge.tsx';

const TONES: Record<Batch['state'], Tone> = {
  running: 'blue',
  paused: 'amber',
  completed: 'green',
  cancelled: 'gray',
  failed: 'red',
};

export function BatchStateBadge({ state }: { readonly state: Batch['state'] }) {
  return <Badge tone={TONES[state]}>{humanize(state)}</Badge>;
}
