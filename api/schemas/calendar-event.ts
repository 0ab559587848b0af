import { z } from 'zod';
import { Address } from './address.ts';

export const CalendarEvent = z
  .object({
    method: z.string().describe('RFC 5546: REQUEST, CANCEL, REPLY, COUNTER, PUBLISH'),
    uid: z.string(),
    sequence: z.number().int(),
    summary: z.string(),
    location: z.string(),
    description: z.string(),
    start: z
      .string()
      .nullable()
      .describe('ISO 8601; a date alone for a whole day, local to timeZone without Z'),
    end: z.string().nullable(),
    timeZone: z.string().nullable(),
    status: z.string().nullable(),
    recurrence: z.string().nullable().describe('The RRULE'),
    organizer: Address.nullable(),
    attendees: z.array(z.object({ name: z.string(), address: z.string(), answer: z.string() })),
  })
  .meta({ id: 'CalendarEvent' });
