import { useState } from 'react';
import type { z } from 'zod';
import type { MessageBody, MessageDetail } from '../../../schemas/message.ts';
import './body-card.css';
import { Card } from './card.tsx';
import { HtmlFrame } from './html-frame.tsx';
import { MarkedText } from './marked-text.tsx';

interface BodyCardProps {
  readonly body: z.input<typeof MessageBody>;
  readonly message: Pick<MessageDetail, 'language' | 'inlineAnswers'>;
}

/** What was written: the new text first, what it quotes folded away, the HTML only when asked for. */
export function BodyCard({ body, message }: BodyCardProps) {
  const [view, setView] = useState<'text' | 'html'>('text');
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
        />
      )}
    </Card>
  );
}

interface TextViewProps {
  readonly body: z.input<typeof MessageBody>;
  readonly language: string | undefined;
  readonly inlineAnswers: boolean;
}

function TextView({ body, language, inlineAnswers }: TextViewProps) {
  const hasQuote = body.text.trim() !== body.visibleText.trim();
  return (
    <div lang={language}>
      {body.visibleText.trim() === '' ? (
        <p className="faint">There is no text of its own.</p>
      ) : (
        <MarkedText text={body.visibleText} spans={body.pii} />
      )}
      {hasQuote ? (
        <details className="body-quote" open={inlineAnswers}>
          <summary>
            {inlineAnswers ? 'Whole text, answers between the quoted lines' : 'Whole text with quotes'}
          </summary>
          <p className="body-text" dir="auto">
            {body.text}
          </p>
        </details>
      ) : null}
    </div>
  );
}
