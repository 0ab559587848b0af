import type { ReactNode } from 'react';
import type { MessageDetail } from '../../../schemas/message.ts';
import { formatLanguage } from '../format/format-language.ts';
import { formatPercent } from '../format/format-percent.ts';
import { humanize } from '../format/humanize.ts';
import { AddressNames } from './address-names.tsx';
import { Badge } from './badge.tsx';
import { MessageActions } from './message-actions.tsx';
import { PriorityBadge } from './priority-badge.tsx';
import { StateBadge } from './state-badge.tsx';
import { TimeAgo } from './time-ago.tsx';

interface MessageHeaderProps {
  readonly message: MessageDetail;
  readonly close: ReactNode;
}

export function MessageHeader({ message, close }: MessageHeaderProps) {
  const { from, body, category, confidence, priority, language, automatic } = message;
  return (
    <header className="pane-head">
      <div className="pane-top">
        <h1>{message.subject || '(no subject)'}</h1>
        {close}
      </div>
      <p className="pane-people">
        <strong>{from.name || from.address}</strong>{' '}
        {from.name === '' ? null : <span className="faint">{from.address}</span>}
        {body === null || body.to.length === 0 ? null : (
          <>
            {' to '}
            <AddressNames addresses={[...body.to, ...body.cc]} />
          </>
        )}
        {' · '}
        <TimeAgo instant={message.receivedAt} />
        {' · '}
        {message.accountId}
      </p>
      <div className="row">
        <StateBadge message={message} />
        {priority === null ? null : <PriorityBadge priority={priority} />}
        {category === null ? null : (
          <Badge title="Category and how sure the engine is of it">
            {humanize(category)}
            {confidence === null ? null : <span className="faint">{formatPercent(confidence)}</span>}
          </Badge>
        )}
        {language === null ? null : <Badge>{formatLanguage(language)}</Badge>}
        {automatic === null || automatic === 'person' ? null : (
          <Badge tone="amber">{humanize(automatic)}</Badge>
        )}
      </div>
      <MessageActions message={message} />
    </header>
  );
}
