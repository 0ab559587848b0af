import type { z } from 'zod';
import type { MessageBody } from '../../../schemas/message.ts';
import './attachment-list.css';
import { Card } from './card.tsx';

/** What calendar objects in the mail ask for. Claims of the sender: nothing here was put into a calendar. */
export function EventList({ events }: { readonly events: z.input<typeof MessageBody>['events'] }) {
  return (
    <Card title={`Calendar (${events.length})`}>
      <ul className="attachments">
        {events.map(({ uid, method, summary, start, end, timeZone, location, recurrence }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: an event may stand twice, and the list never changes
          <li key={`${uid}-${index}`}>
            <strong>{summary || '(no title)'}</strong> <span className="faint">{method}</span>
            <br />
            {[start, end].filter((time) => time !== null).join(' – ')}
            <span className="faint">
              {[timeZone, location, recurrence].filter(Boolean).map((fact) => ` · ${fact}`)}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
