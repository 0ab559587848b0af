import type { Draft } from '../../../schemas/draft.ts';
import { humanize } from '../format/humanize.ts';
import { Badge, type Tone } from './badge.tsx';

const TONES: Record<Draft['state'], Tone> = {
  pending: 'violet',
  approved: 'green',
  rejected: 'gray',
  expired: 'amber',
};

export function DraftStateBadge({ draft }: { readonly draft: Pick<Draft, 'state' | 'automatic'> }) {
  return (
    <span className="row">
      {draft.automatic ? <Badge tone="blue">Automatic</Badge> : null}
      <Badge tone={TONES[draft.state]}>{humanize(draft.state)}</Badge>
    </span>
  );
}
