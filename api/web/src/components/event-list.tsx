import type { z } from 'zod';
import type { MessageBody } from '../../../schemas/message-body.ts';
import { formatEventTime } from '../format/format-event-time.ts';
import { humanize } from '../format/humanize.ts';
import { Badge } from './badge.tsx';
import { Card } from './card.tsx';
import './event-list.css';

type Event = z.input<typeof MessageBody>['events'][number];

const METHODS: Readonly<Record<string, string>> = {
  REQUEST: 'Invitation',
  CANCEL: 'Cancelled',
  REPLY: 'Answer',
  COUNTER: 'Other time proposed',
  PUBLISH: 'Event',
};
const MOST_GUESTS = 8;

/** What calendar objects in the mail ask for. Claims of the sender: nothing here was put into a calendar. */
export function EventList({ events }: { readonly events: readonly Event[] }) {
  return (
    <Card title={events.length === 1 ? 'Calendar' : `Calendar (${events.length})`}>
      <ul className="events">
        {events.map((event, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: an event may stand twice, and the list never changes
          <li key={`${event.uid}-${index}`} className="event">
            <EventFacts event={event} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

function EventFacts({ event }: { readonly event: Event }) {
  const { method, summary, start, end, timeZone, location, recurrence, organizer, attendees, status } = event;
  const isOff = method === 'CANCEL' || status === 'CANCELLED';
  return (
    <>
      <p className="event-title">
        <span className={isOff ? 'event-off' : undefined}>{summary || '(no title)'}</span>
        <Badge tone={isOff ? 'red' : 'blue'}>{METHODS[method] ?? humanize(method)}</Badge>
      </p>
      <p>
        {formatEventTime(start, end)}
        {timeZone === null ? null : <span className="faint"> {timeZone}</span>}
      </p>
      {location === '' ? null : <p className="soft">{location}</p>}
      {recurrence === null ? null : <p className="faint mono">{recurrence}</p>}
      {organizer === null ? null : <p className="faint">By {organizer.name || organizer.address}</p>}
      {attendees.length === 0 ? null : (
        <ul className="event-guests">
          {attendees.slice(0, MOST_GUESTS).map(({ name, address, answer }) => (
            <li key={address} title={address}>
              {name || address} <span className="faint">{humanize(answer)}</span>
            </li>
          ))}
          {attendees.length <= MOST_GUESTS ? null : (
            <li className="faint">and {attendees.length - MOST_GUESTS} more</li>
          )}
        </ul>
      )}
    </>
  );
}
