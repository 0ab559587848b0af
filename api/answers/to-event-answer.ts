import type { z } from 'zod';
import type { CalendarEvent } from '../../src/domain/calendar-event.ts';
import type { CalendarEvent as EventAnswer } from '../schemas/calendar-event.ts';

export function toEventAnswer(event: CalendarEvent): z.output<typeof EventAnswer> {
  return {
    ...event,
    start: event.start ?? null,
    end: event.end ?? null,
    timeZone: event.timeZone ?? null,
    status: event.status ?? null,
    recurrence: event.recurrence ?? null,
    organizer: event.organizer ?? null,
    attendees: [...event.attendees],
  };
}
