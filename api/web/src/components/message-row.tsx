import { Link } from 'react-router';
import type { Message } from '../../../schemas/message.ts';
import { formatSender } from '../format/format-sender.ts';
import { humanize } from '../format/humanize.ts';
import { Icon } from './icon.tsx';
import './message-row.css';
import { PriorityBadge } from './priority-badge.tsx';
import { StateBadge } from './state-badge.tsx';
import { TimeAgo } from './time-ago.tsx';

interface MessageRowProps {
  readonly message: Message;
  readonly to: string;
  readonly isOpen: boolean;
}

/** One message of a list; the whole row is the link. */
export function MessageRow({ message, to, isOpen }: MessageRowProps) {
  const { from, subject, summaryLine, priority, category, automatic, attachmentCount, needsPerson } = message;
  return (
    <Link className="message-row" to={to} data-id={message.id} aria-current={isOpen ? 'page' : undefined}>
      <span className="message-from cut" title={from.address}>
        {formatSender(from)}
      </span>
      <span className="message-priority">
        {priority === null ? null : <PriorityBadge priority={priority} />}
      </span>
      <span className="message-state">
        <StateBadge message={message} />
      </span>
      <span className="message-age">
        <TimeAgo instant={message.receivedAt} />
      </span>
      <span className="message-subject cut">{subject || '(no subject)'}</span>
      <span className="message-category">
        {category === null ? null : <span className="cut">{humanize(category)}</span>}
        {needsPerson === null ? null : (
          <span title={`A person decides: ${needsPerson}`}>
            <Icon name="warning" />
          </span>
        )}
        {attachmentCount === 0 ? null : (
          <span title={`${attachmentCount} attached`}>
            <Icon name="clip" />
          </span>
        )}
        {automatic === null || automatic === 'person' ? null : (
          <span title={humanize(automatic)}>
            <Icon name="robot" />
          </span>
        )}
      </span>
      <span className="message-summary cut" lang={message.language ?? undefined}>
        {summaryLine}
      </span>
      <span className="message-account cut">{message.accountId}</span>
    </Link>
  );
}
