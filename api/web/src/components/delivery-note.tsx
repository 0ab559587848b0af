import type { z } from 'zod';
import type { Delivery } from '../../../schemas/draft.ts';
import { useAction } from '../api/use-action.ts';
import { humanize } from '../format/humanize.ts';
import { Badge, type Tone } from './badge.tsx';
import { ConfirmButton } from './confirm-button.tsx';
import { TimeAgo } from './time-ago.tsx';

type DeliveryFacts = z.input<typeof Delivery>;

const TONES: Record<DeliveryFacts['state'], Tone> = {
  INTENT: 'blue',
  SENDING: 'blue',
  SENT: 'green',
  UNKNOWN: 'amber',
  FAILED: 'red',
};

interface DeliveryNoteProps {
  readonly draftId: string;
  readonly delivery: DeliveryFacts;
}

/** What became of the send, with the other side's words. */
export function DeliveryNote({ draftId, delivery }: DeliveryNoteProps) {
  return (
    <div className="stack small" role="status">
      <p className="row">
        <Badge tone={TONES[delivery.state]}>{humanize(delivery.state)}</Badge>
        <span className="faint">
          <TimeAgo instant={delivery.updatedAt} />
          {delivery.attempts > 1 ? `, attempt ${delivery.attempts}` : ''}
        </span>
      </p>
      {delivery.response === null ? null : <p className="soft mono">{delivery.response}</p>}
      <p className="faint mono cut" title="The Message-ID that it carries">
        {delivery.messageIdHeader}
      </p>
      {delivery.state === 'UNKNOWN' ? <Settle draftId={draftId} /> : null}
    </div>
  );
}

function Settle({ draftId }: { readonly draftId: string }) {
  const action = useAction();
  const settle = (arrived: boolean) =>
    action.mutate({
      path: `/api/drafts/${encodeURIComponent(draftId)}/settle`,
      body: { arrived, by: 'web' },
      done: arrived ? 'Recorded: it arrived' : 'Recorded: it did not arrive',
    });
  const consequence = 'This is recorded for good. The reply is never sent again by itself, either way.';
  return (
    <>
      <p>The connection broke while it was handed over. Look in the recipient’s mailbox: did it arrive?</p>
      <div className="row">
        <ConfirmButton
          look="main"
          disabled={action.isPending}
          title="It arrived?"
          consequence={consequence}
          confirmLabel="It arrived"
          onConfirm={() => settle(true)}
        >
          It arrived
        </ConfirmButton>
        <ConfirmButton
          disabled={action.isPending}
          title="It did not arrive?"
          consequence={consequence}
          confirmLabel="It did not arrive"
          onConfirm={() => settle(false)}
        >
          It did not
        </ConfirmButton>
      </div>
    </>
  );
}
