import type { Priority } from '../../../../src/domain/priority.ts';
import { humanize } from '../format/humanize.ts';
import { Badge, type Tone } from './badge.tsx';

const TONES: Record<Priority, Tone> = { URGENT: 'red', HIGH: 'amber', NORMAL: 'plain', LOW: 'plain' };

/** Only what presses has a colour, so that a long list shows it at a glance. */
export function PriorityBadge({ priority }: { readonly priority: Priority }) {
  return <Badge tone={TONES[priority]}>{humanize(priority)}</Badge>;
}
