import type { z } from 'zod';
import type { MessageBody } from '../../../schemas/message-body.ts';
import { formatBytes } from '../format/format-bytes.ts';
import './attachment-list.css';
import { Card } from './card.tsx';
import { Icon } from './icon.tsx';

type Attachments = z.input<typeof MessageBody>['attachments'];

function AttachmentContent({ content }: { readonly content: NonNullable<Attachments[number]['content']> }) {
  const { text, reason } = content;
  if (text.trim() === '') return <span className="attachment-content faint">Text: {reason ?? 'none'}</span>;
  return (
    <details className="attachment-content">
      <summary>Text{reason === null ? '' : ` (${reason})`}</summary>
      <p className="body-text" dir="auto">
        {text}
      </p>
    </details>
  );
}

/** What came with the message, with the text read from it: the bytes are in the original, which can be downloaded. */
export function AttachmentList({
  attachments,
}: {
  readonly attachments: z.input<typeof MessageBody>['attachments'];
}) {
  return (
    <Card title={`Attachments (${attachments.length})`}>
      <ul className="attachments">
        {attachments.map(({ filename, contentType, size, disposition, sha256, content }) => (
          <li key={`${sha256}-${filename}`} className="attachment">
            <Icon name="clip" />
            <span className="cut" title={`${filename}\n${contentType}\nSHA-256 ${sha256}`}>
              {filename || '(no name)'}
              <span className="faint"> {disposition === 'inline' ? 'inline' : contentType}</span>
            </span>
            <span className="faint">{formatBytes(size)}</span>
            {content === null ? null : <AttachmentContent content={content} />}
          </li>
        ))}
      </ul>
    </Card>
  );
}
