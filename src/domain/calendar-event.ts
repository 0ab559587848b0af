import type { Address } from './message.ts';

/** A guest's answer so far: `NEEDS-ACTION`, `ACCEPTED`, `DECLINED`, `TENTATIVE` or another word of RFC 5545 3.2.12. */
export interface Attendee extends Address {
  readonly answer: string;
}

/** One event of a calendar object within a mail (RFC 5545). What the sender claims, nothing that was agreed. */
export interface CalendarEvent {
  /** What the sender wants (RFC 5546): `REQUEST`, `CANCEL`, `REPLY`, `COUNTER`; `PUBLISH` when it is not said. */
  readonly method: string;
  readonly uid: string;
  /** Grows with each change of the event by its organizer. */
  readonly sequence: number;
  readonly summary: string;
  readonly location: string;
  readonly description: string;
  /** ISO 8601: `2026-03-04` for a whole day, with `Z` in UTC, else local to `timeZone`. */
  readonly start: string | undefined;
  /** First moment after the event. */
  readonly end: string | undefined;
  /** As the sender names it, mostly an IANA name; undefined for UTC, whole days and floating times. */
  readonly timeZone: string | undefined;
  /** `CONFIRMED`, `TENTATIVE`, `CANCELLED`; undefined when it is not said. */
  readonly status: string | undefined;
  /** The RRULE, as in `FREQ=WEEKLY;COUNT=3`. */
  readonly recurrence: string | undefined;
  readonly organizer: Address | undefined;
  readonly attendees: readonly Attendee[];
}
