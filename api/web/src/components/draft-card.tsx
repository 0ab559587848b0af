import { Link } from 'react-router';
import type { Draft } from '../../../schemas/draft.ts';
import { humanize } from '../format/humanize.ts';
import './body-card.css';
import { Badge } from './badge.tsx';
import { BounceList } from './bounce-list.tsx';
import { Card } from './card.tsx';
import { DeliveryNote } from './delivery-note.tsx';
import './draft-card.css';
import { AddressNames } from './address-names.tsx';
import { DraftDecision } from './draft-decision.tsx';
import { DraftStateBadge } from './draft-state-badge.tsx';
import { TimeAgo } from './time-ago.tsx';

interface DraftCardProps {
  readonly draft: Draft;
  readonly language: string | null;
}

/** The proposed reply exactly as it would go out, and what became of it. */
export function DraftCard({ draft, language }: DraftCardProps) {
  return (
    <div id="draft" className="draft">
      <Card title="Draft reply" aside={<DraftStateBadge draft={draft} />}>
        <dl className="draft-facts">
          <dt>From</dt>
          <dd className="cut">{draft.from.address}</dd>
          <dt>To</dt>
          <dd>
            <AddressNames addresses={draft.to} />
            {draft.to.length === 1 ? <span className="faint"> {draft.to[0]?.address}</span> : null}
          </dd>
          {draft.cc.length === 0 ? null : (
            <>
              <dt>Cc</dt>
              <dd>
                <AddressNames addresses={draft.cc} />
              </dd>
            </>
          )}
          <dt>Subject</dt>
          <dd>{draft.subject}</dd>
        </dl>
        <p className="body-text" dir="auto" lang={language ?? undefined}>
          {draft.text}
        </p>
        {draft.decidedAt === null ? null : (
          <div className="draft-end stack">
            <p className="small faint">
              {humanize(draft.state)} by {draft.decidedBy ?? 'a rule'} <TimeAgo instant={draft.decidedAt} />
            </p>
            {draft.delivery === null ? null : <DeliveryNote draftId={draft.id} delivery={draft.delivery} />}
            {draft.bounces.map(({ messageId, reportedAt, recipients }) => (
              <div key={messageId} className="stack small">
                <p className="row">
                  <Badge tone="red">Bounced</Badge>
                  <Link to={`/messages/${encodeURIComponent(messageId)}`}>
                    <TimeAgo instant={reportedAt} />
                  </Link>
                </p>
                <BounceList recipients={recipients} />
              </div>
            ))}
          </div>
        )}
        {draft.state === 'pending' ? <DraftDecision draft={draft} /> : null}
      </Card>
    </div>
  );
}
