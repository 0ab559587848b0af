import ICAL from 'ical.js';
import type { Attendee, CalendarEvent } from '../../domain/calendar-event.ts';
import type { Address } from '../../domain/message.ts';
import { readSpan } from './calendar-time.ts';
import { readValue } from './calendar-value.ts';
import { cleanLine } from './clean-line.ts';
import { cleanText } from './clean-text.ts';

/** What a calendar object holds. */
export interface Calendar {
  readonly events: readonly CalendarEvent[];
  /** Kinds of all that stands in it, as in `vevent`, `vtodo`; empty when it cannot be read. */
  readonly kinds: readonly string[];
}

const MAX_CHARS = 512 * 1024;
const MAX_EVENTS = 50;
const MAX_ATTENDEES = 200;
const RULE = /^(?:RRULE|EXRULE)[:;].*$/gim;
const LINE = /^[A-Za-z0-9.-]{1,100}[;:]/;

/** Reads iCalendar text (RFC 5545). Rules of recurrence are named, never expanded: one may have no end. */
export function readCalendar(text: string): Calendar {
  const calendars = parseComponents(text.slice(0, MAX_CHARS));
  const events: CalendarEvent[] = [];
  const kinds: string[] = [];
  for (const calendar of calendars) {
    const parts = calendar.name === 'vcalendar' ? calendar.getAllSubcomponents() : [calendar];
    const method = word(readValue(calendar, 'method')) ?? 'PUBLISH';
    kinds.push(calendar.name);
    for (const part of parts) {
      kinds.push(part.name);
      if (part.name === 'vevent' && events.length < MAX_EVENTS) events.push(toEvent(part, method));
    }
  }
  return { events, kinds };
}

function parseComponents(text: string): ICAL.Component[] {
  // A rule that the library does not know (RFC 7529) costs the rule, not the event.
  const parsed = tryParse(text) ?? tryParse(repair(text)) ?? tryParse(repair(text).replace(RULE, ''));
  if (parsed === undefined) return [];
  const roots = typeof parsed[0] === 'string' ? [parsed] : parsed;
  return roots.flatMap((root) => (Array.isArray(root) ? [new ICAL.Component(root)] : []));
}

// ical.js throws plain Errors for text that is no calendar; undefined says so.
function tryParse(text: string): readonly unknown[] | undefined {
  try {
    const parsed: unknown = text === '' ? undefined : ICAL.parse(text);
    return Array.isArray(parsed) && parsed.length > 0 ? parsed : undefined;
  } catch {
    return undefined;
  }
}

/** Without lines that are no property, and with the END lines that are missing: one bad line hides no invitation. */
function repair(text: string): string {
  const open: string[] = [];
  const lines: string[] = [];
  for (const line of text
    .replace(/\r\n?/g, '\n')
    .replace(/\n[ \t]/g, '')
    .split('\n')) {
    if (!LINE.test(line)) continue;
    const [, edge, name] = /^(BEGIN|END):([\w-]{1,60})\s*$/i.exec(line) ?? [];
    if (edge?.toUpperCase() === 'BEGIN') open.push(name ?? '');
    else if (edge !== undefined && open.pop()?.toUpperCase() !== name?.toUpperCase()) return '';
    else if (edge === undefined && open.length === 0) continue;
    lines.push(line);
  }
  return [...lines, ...open.reverse().map((name) => `END:${name}`)].join('\r\n');
}

function toEvent(event: ICAL.Component, method: string): CalendarEvent {
  const sequence = Number(readValue(event, 'sequence') ?? 0);
  return {
    method,
    uid: line(event, 'uid', 300),
    sequence: Number.isSafeInteger(sequence) ? sequence : 0,
    summary: line(event, 'summary', 500),
    location: line(event, 'location', 500),
    description: cleanText(String(readValue(event, 'description') ?? ''))
      .slice(0, 5000)
      .trim(),
    ...readSpan(event),
    status: word(readValue(event, 'status')),
    recurrence: line(event, 'rrule', 300) || undefined,
    organizer: toAddress(event.getFirstProperty('organizer')),
    attendees: event.getAllProperties('attendee').slice(0, MAX_ATTENDEES).flatMap(toAttendee),
  };
}

function line(event: ICAL.Component, name: string, max: number): string {
  const value = readValue(event, name);
  return value === undefined ? '' : cleanLine(String(value), max);
}

function word(value: unknown): string | undefined {
  return typeof value === 'string' && /^[\w-]{1,40}$/.test(value.trim())
    ? value.trim().toUpperCase()
    : undefined;
}

function toAttendee(property: ICAL.Property): Attendee[] {
  const address = toAddress(property);
  const answer = word(readParameter(property, 'partstat')) ?? 'NEEDS-ACTION';
  return address ? [{ ...address, answer }] : [];
}

function toAddress(property: ICAL.Property | null): Address | undefined {
  const value = property?.getFirstValue();
  if (!property || typeof value !== 'string') return undefined;
  const address = cleanLine(value.replace(/^mailto:/i, ''), 320).toLowerCase();
  return address.includes('@') ? { name: cleanLine(readParameter(property, 'cn'), 320), address } : undefined;
}

// The types of the library promise a text where there may be none.
function readParameter(property: ICAL.Property, name: string): string {
  const value: unknown = property.getFirstParameter(name);
  return typeof value === 'string' ? value : '';
}
