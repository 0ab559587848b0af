import type { Message } from '../../../schemas/message.ts';
import { describeState } from '../format/describe-state.ts';
import { humanize } from '../format/humanize.ts';
import { Badge } from './badge.tsx';

export function StateBadge({ message }: { readonly message: Pick<Message, 'state' | 'outcome' | 'stage'> }) {
  const { label, tone } = describeState(message);
  const isOnTheWay = message.state === 'running' && message.stage !== null;
  return (
    <Badge tone={tone} title={isOnTheWay ? `At the step: ${humanize(message.stage ?? '')}` : undefined}>
      {label}
    </Badge>
  );
}
