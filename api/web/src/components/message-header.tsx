import type { ReactNode } from 'react';
import type { ForwardedFrom as ForwardedFacts, Protection } from '../../../../src/domain/message.ts';
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
import { TrustBadge } from './trust-badge.tsx';

const PROTECTIONS: Record<Protection, string> = {
  'smime-signed': 'S/MIME signed',
  'smime-encrypted': 'S/MIME encrypted',
  'pgp-signed': 'PGP signed',
  'pgp-encrypted': 'PGP encrypted',
};

interface MessageHeaderProps {
  readonly message: MessageDetail;
  readonly close: ReactNode;
}

export function MessageHeader({ message, close }: MessageHeaderProps) {
  const { from, body, category, confidence, priority, language, automatic, threat } = message;
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
      {body?.forwardedFrom ? <ForwardedFrom from={body.forwardedFrom} /> : null}
      <div className="row">
        <StateBadge message={message} />
        {priority === null ? null : <PriorityBadge priority={priority} />}
        {message.answerDue === null || message.settledAt !== null ? null : (
          <Badge
            tone={Date.parse(message.answerDue) < Date.now() ? 'red' : 'amber'}
            title="Until when it is to be answered, by its category or a rule"
          >
            Answer due <TimeAgo instant={message.answerDue} />
          </Badge>
        )}
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
        {threat === null ? null : <TrustBadge trust={threat.trust} />}
        {message.inlineAnswers ? (
          <Badge tone="blue" title="Answers stand between quoted lines: read the whole text">
            Answers inline
          </Badge>
        ) : null}
        {body?.protection.map((protection) => (
          <Badge key={protection} tone="blue" title="As it claims to be: nothing was verified or decrypted">
            {PROTECTIONS[protection]}
          </Badge>
        ))}
        {body?.incomplete ? (
          <Badge tone="amber" title="A limit was met: the rest was neither read nor judged">
            Not read whole
          </Badge>
        ) : null}
      </div>
      <MessageActions message={message} />
    </header>
  );
}

/** Of a forward by one of our own people: whose request it is. */
function ForwardedFrom({ from }: { readonly from: ForwardedFacts }) {
  const { name, address, subject } = from;
  return (
    <p className="pane-people">
      Forwarded for <strong>{name || address}</strong>
      {name === '' ? null : <span className="faint"> {address}</span>}
      {subject === '' ? null : <span className="faint"> · “{subject}”</span>}
    </p>
  );
}
