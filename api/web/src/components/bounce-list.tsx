import type { z } from 'zod';
import type { BouncedRecipient } from '../../../schemas/draft.ts';
import { describeBounce } from '../format/describe-bounce.ts';
import { Badge } from './badge.tsx';
import './bounce-list.css';

/** Each recipient with the status, the reason, and whether another attempt is futile. */
export function BounceList({
  recipients,
}: {
  readonly recipients: readonly z.input<typeof BouncedRecipient>[];
}) {
  return (
    <ul className="bounces">
      {recipients.map(({ address, status, reason, hard }) => (
        <li key={`${address}-${status}`} className="bounce">
          <span className="bounce-address">{address || 'somebody it does not name'}</span>
          <Badge
            tone={hard ? 'red' : 'amber'}
            title={hard ? 'Another attempt is futile' : 'A later attempt may arrive'}
          >
            {hard ? 'Hard' : 'Soft'}
          </Badge>
          <span className="bounce-reason">
            {describeBounce(reason)} <span className="mono faint">{status}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}
