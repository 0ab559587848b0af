import { useEffect, useState } from 'react';
import type { z } from 'zod';
import type { SourceSpan } from '../../../../src/domain/analysis.ts';
import type { MessageDetail } from '../../../schemas/message.ts';
import type { MessageBody } from '../../../schemas/message-body.ts';
import './body-card.css';
import { Card } from './card.tsx';
import { HtmlFrame } from './html-frame.tsx';
import { MarkedText } from './marked-text.tsx';

interface BodyCardProps {
  readonly body: z.input<typeof MessageBody>;
  readonly message: Pick<MessageDetail, 'language' | 'inlineAnswers'>;
  /** The sentence that somebody asked to see; a new object each time. */
  readonly pointedAt: SourceSpan | undefined;
}

/** What was written: the new text first, what it quotes folded away, the HTML only when asked for. */
export function BodyCard({ body, message, pointedAt }: BodyCardProps) {
  const [view, setView] = useState<'text' | 'html'>('text');
  useEffect(() => {
    if (pointedAt !== undefined) setView('text');
  }, [pointedAt]);
  const { html } = body;
  const views =
    html === null ? null : (
      <fieldset className="body-views">
        <legend className="unseen">View</legend>
        {(['text', 'html'] as const).map((name) => (
          <button
            key={name}
            type="button"
            className="body-view"
            aria-pressed={view === name}
            onClick={() => setView(name)}
          >
            {name === 'text' ? 'Text' : 'HTML'}
          </button>
        ))}
      </fieldset>
    );
  return (
    <Card title="Message" aside={views}>
      {view === 'html' && html !== null ? (
        <HtmlFrame html={html} />
      ) : (
        <TextView
          body={body}
          language={message.language ?? undefined}
          inlineAnswers={message.inlineAnswers}
          pointedAt={pointedAt}
        />
      )}
    </Card>
  );
}

interface TextViewProps {
  readonly body: z.input<typeof MessageBody>;
  readonly language: string | undefined;
  readonly inlineAnswers: boolean;
  readonly pointedAt: SourceSpan | undefined;
}

function TextView({ body, language, inlineAnswers, pointedAt }: TextViewProps) {
  const whereIn = (place: SourceSpan['in']) => (pointedAt?.in === place ? pointedAt : undefined);
  const hasQuote = body.text.trim() !== body.visibleText.trim();
  return (
    <div lang={language}>
      {body.visibleText.trim() === '' ? (
        <p className="faint">There is no text of its own.</p>
      ) : (
        <MarkedText
          text={body.visibleText}
          spans={body.pii}
          signature={body.signature}
          pointedAt={whereIn('visibleText')}
        />
      )}
      {hasQuote ? (
        <details className="body-quote" open={inlineAnswers || pointedAt?.in === 'text'}>
          <summary>
            {inlineAnswers ? 'Whole text, answers between the quoted lines' : 'Whole text with quotes'}
          </summary>
          <MarkedText text={body.text} spans={[]} pointedAt={whereIn('text')} />
        </details>
      ) : null}
    </div>
  );
}
