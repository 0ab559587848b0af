import { Link } from 'react-router';
import type { z } from 'zod';
import type { MessageBody } from '../../../schemas/message-body.ts';
import './bounce-list.css';
import { BounceList } from './bounce-list.tsx';
import { Card } from './card.tsx';

type Automatic = z.input<typeof MessageBody>['automatic'];

/** What a report says of each recipient, and which reply of ours it is about, if it is about one. */
export function BounceCard({ bounce }: { readonly bounce: NonNullable<Automatic['bounce']> }) {
  const { recipients, reply, originalMessageId } = bounce;
  return (
    <Card title="Not delivered">
      <BounceList recipients={recipients} />
      <p className="bounce-origin">
        {reply === null ? (
          <>
            No reply of ours carries the Message-ID that it names
            {originalMessageId === null ? ': it names none.' : ':'}
            {originalMessageId === null ? null : <span className="mono"> {originalMessageId}</span>}
          </>
        ) : (
          <>
            Our reply <Link to={`/messages/${encodeURIComponent(reply.messageId)}`}>{reply.subject}</Link>{' '}
            came back.
          </>
        )}
      </p>
    </Card>
  );
}
