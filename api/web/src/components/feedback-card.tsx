import type { z } from 'zod';
import type { MessageBody } from '../../../schemas/message-body.ts';
import './bounce-list.css';
import { Card } from './card.tsx';

type Feedback = NonNullable<z.input<typeof MessageBody>['automatic']['feedback']>;

/** A complaint that came by way of the recipient's provider. */
export function FeedbackCard({ feedback }: { readonly feedback: Feedback }) {
  return (
    <Card title="Complaint">
      <p>
        The provider reports <strong>{feedback.type}</strong>
        {feedback.originalRecipient === null ? '' : ` for mail to ${feedback.originalRecipient}`}.
      </p>
      {feedback.originalMessageId === null ? null : (
        <p className="bounce-origin mono">{feedback.originalMessageId}</p>
      )}
    </Card>
  );
}
