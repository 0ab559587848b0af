import { Link, useLocation } from 'react-router';
import type { MessageDetail } from '../../../schemas/message.ts';
import { useConversation } from '../api/use-conversation.ts';
import { formatSender } from '../format/format-sender.ts';
import { Card } from './card.tsx';
import './conversation-card.css';
import { TimeAgo } from './time-ago.tsx';

/** The messages that belong to the same conversation; nothing while this one stands alone. */
export function ConversationCard({ message }: { readonly message: MessageDetail }) {
  const { search } = useLocation();
  const { data } = useConversation(message.id);
  if (data === undefined || data.items.length < 2) return null;
  const all = `/messages?conversationId=${encodeURIComponent(data.conversationId ?? '')}`;
  return (
    <Card
      title={`Conversation (${data.items.length})`}
      flush
      aside={
        <Link className="small" to={all}>
          As a list
        </Link>
      }
    >
      <ol className="conversation">
        {data.items.map((item) => (
          <li key={item.id}>
            <Link
              className="conversation-link"
              to={`/messages/${encodeURIComponent(item.id)}${search}`}
              aria-current={item.id === message.id ? 'true' : undefined}
            >
              <strong className="cut">{formatSender(item.from)}</strong>
              <span className="faint">
                <TimeAgo instant={item.receivedAt} />
              </span>
              <span className="cut faint">{item.summaryLine ?? item.subject}</span>
            </Link>
          </li>
        ))}
      </ol>
    </Card>
  );
}
