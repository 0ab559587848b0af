import type ICAL from 'ical.js';
import { readValue } from './calendar-value.ts';
import { cleanLine } from './clean-line.ts';

/** When an event starts and ends, as `CalendarEvent` says it. */
export interface CalendarSpan {
  readonly start: string | undefined;
  readonly end: string | undefined;
  readonly timeZone: string | undefined;
}

/** DTSTART with DTEND or DURATION (RFC 5545 3.6.1). Zones are named, not resolved: theirs may differ from ours. */
export function readSpan(event: ICAL.Component): CalendarSpan {
  const start = readValue(event, 'dtstart');
  const end = readValue(event, 'dtend') ?? addDuration(event, start);
  const zone = event.getFirstProperty('dtstart')?.getFirstParameter('tzid');
  return {
    start: toText(start) ?? readPlainDate(event, 'dtstart'),
    end: toText(end) ?? readPlainDate(event, 'dtend'),
    timeZone: zone ? cleanLine(zone, 100) : undefined,
  };
}

// A date where a time is due: `DTSTART:20260304` without VALUE=DATE.
function readPlainDate(event: ICAL.Component, name: 'dtstart' | 'dtend'): string | undefined {
  const raw: unknown = event.getFirstProperty(name)?.toJSON()[3];
  return typeof raw === 'string' ? /^(\d{4}-\d\d-\d\d)T:{0,2}$/.exec(raw)?.[1] : undefined;
}

function addDuration(event: ICAL.Component, start: unknown): ICAL.Time | undefined {
  const value = readValue(event, 'duration');
  if (!isTime(start) || !isDuration(value)) return undefined;
  const end = start.clone();
  end.addDuration(value);
  return end;
}

// By its marks: the library hands out plain texts where a value is malformed.
function isTime(value: unknown): value is ICAL.Time {
  return (
    typeof value === 'object' && value !== null && 'icalclass' in value && value.icalclass === 'icaltime'
  );
}

function isDuration(value: unknown): value is ICAL.Duration {
  return (
    typeof value === 'object' && value !== null && 'icalclass' in value && value.icalclass === 'icalduration'
  );
}

function toText(time: unknown): string | undefined {
  const text = isTime(time) ? time.toString() : '';
  return /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\dZ?)?$/.test(text) ? text : undefined;
}
