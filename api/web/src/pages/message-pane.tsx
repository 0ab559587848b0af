import { useState } from 'react';
import { useLocation, useNavigate, useParams } from 'react-router';
import type { SourceSpan } from '../../../../src/domain/analysis.ts';
import type { MessageDetail } from '../../../schemas/message.ts';
import { useMessage } from '../api/use-message.ts';
import { AttachmentList } from '../components/attachment-list.tsx';
import { BodyCard } from '../components/body-card.tsx';
import { BounceCard } from '../components/bounce-card.tsx';
import { Button } from '../components/button.tsx';
import { ConversationCard } from '../components/conversation-card.tsx';
import { DecisionsCard } from '../components/decisions-card.tsx';
import { DraftCard } from '../components/draft-card.tsx';
import { EventList } from '../components/event-list.tsx';
import { FactsCard } from '../components/facts-card.tsx';
import { FeedbackCard } from '../components/feedback-card.tsx';
import { FindingsCard } from '../components/findings-card.tsx';
import { MessageHeader } from '../components/message-header.tsx';
import { MessageNotices } from '../components/message-notices.tsx';
import { QueryView } from '../components/query-view.tsx';
import { SafetyCard } from '../components/safety-card.tsx';
import { SummaryCard } from '../components/summary-card.tsx';
import { useHotkeys } from '../state/use-hotkeys.ts';
import { useTitle } from '../state/use-title.ts';
import './message-pane.css';

/** One message: what it says, what was decided and why, and what a person can do about it. */
export function MessagePane() {
  const { id = '' } = useParams();
  const { search } = useLocation();
  const navigate = useNavigate();
  const message = useMessage(id);
  useTitle(message.data?.subject ?? 'Message');
  useHotkeys((key) => {
    if (key !== 'a') return;
    // Only goes there: sending takes a press of the button that stands under the text.
    document.querySelector<HTMLButtonElement>('[data-approve] button')?.focus();
  });
  const close = (
    <Button
      look="quiet"
      icon="close"
      aria-label="Back to the list"
      onClick={() => void navigate(`/messages${search}`)}
    />
  );
  return (
    <section className="mail-pane" aria-label="Message">
      <div className="pane" key={id}>
        {message.data === undefined ? (
          <div className="pane-state">
            {close}
            <QueryView {...message} lines={9}>
              {() => null}
            </QueryView>
          </div>
        ) : (
          <>
            <MessageHeader message={message.data} close={close} />
            <PaneBody message={message.data} />
          </>
        )}
      </div>
    </section>
  );
}

function PaneBody({ message }: { readonly message: MessageDetail }) {
  const { body, draft, analysis, threat } = message;
  const [pointedAt, setPointedAt] = useState<SourceSpan>();
  const bounce = body?.automatic.bounce;
  const feedback = body?.automatic.feedback;
  return (
    <div className="pane-body">
      <div className="pane-column">
        <MessageNotices message={message} />
        {bounce ? <BounceCard bounce={bounce} /> : null}
        {feedback ? <FeedbackCard feedback={feedback} /> : null}
        {analysis?.summary ? (
          <SummaryCard
            summary={analysis.summary}
            subject={message.subject}
            body={body}
            language={message.language}
            onPoint={setPointedAt}
          />
        ) : null}
        {body === null ? null : <BodyCard body={body} message={message} pointedAt={pointedAt} />}
        {draft === null ? null : <DraftCard draft={draft} language={message.language} />}
      </div>
      <div className="pane-column">
        {body === null || body.attachments.length === 0 ? null : (
          <AttachmentList attachments={body.attachments} />
        )}
        {analysis?.findings ? <FindingsCard findings={analysis.findings} onPoint={setPointedAt} /> : null}
        {body === null || body.events.length === 0 ? null : <EventList events={body.events} />}
        {threat === null ? null : <SafetyCard threat={threat} />}
        {analysis === null ? null : <DecisionsCard analysis={analysis} priorityBy={message.priorityBy} />}
        <ConversationCard message={message} />
        <FactsCard message={message} />
      </div>
    </div>
  );
}
