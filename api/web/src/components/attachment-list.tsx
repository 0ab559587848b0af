import type { z } from 'zod';
import type { MessageBody } from '../../../schemas/message.ts';
import { formatBytes } from '../format/format-bytes.ts';
import './attachment-list.css';
import { Card } from './card.tsx';
import { Icon } from './icon.tsx';

/** What came with the message. Names only: the bytes are in the original, which can be downloaded. */
export function AttachmentList({
  attachments,
}: {
  readonly attachments: z.input<typeof MessageBody>['attachments'];
}) {
  return (
    <Card title={`Attachments (${attachments.length})`}>
      <ul className="attachments">
        {attachments.map(({ filename, contentType, size, disposition, sha256 }) => (
          <li key={`${sha256}-${filename}`} className="attachment">
            <Icon name="clip" />
            <span className="cut" title={`${filename}\n${contentType}\nSHA-256 ${sha256}`}>
              {filename || '(no name)'}
              <span className="faint"> {disposition === 'inline' ? 'inline' : contentType}</span>
            </span>
            <span className="faint">{formatBytes(size)}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
