import { describe, expect, it } from 'vitest';
import { readCalendar } from '../../../src/mail/parse/calendar-events.ts';
import { readMail } from './support/read.ts';

const wrap = (...lines: readonly string[]): string =>
  ['BEGIN:VCALENDAR', 'METHOD:REQUEST', 'BEGIN:VEVENT', ...lines, 'END:VEVENT', 'END:VCALENDAR'].join('\r\n');

describe('calendar objects', () => {
  it('become events with what the sender asks for', () => {
    const { events } = readCalendar(
      wrap(
        'UID:u1',
        'SEQUENCE:2',
        'SUMMARY:Besuch\\, Halle 3',
        'DTSTART;TZID=Europe/Berlin:20260304T100000',
        'DURATION:PT90M',
        'RRULE:FREQ=WEEKLY;COUNT=3',
        'STATUS:CONFIRMED',
        'ORGANIZER;CN=Ann:MAILTO:Ann@Example.com',
        'ATTENDEE;PARTSTAT=ACCEPTED;CN="Joe, Doe":mailto:joe@example.org',
      ),
    );
    expect(events).toEqual([
      {
        method: 'REQUEST',
        uid: 'u1',
        sequence: 2,
        summary: 'Besuch, Halle 3',
        location: '',
        description: '',
        start: '2026-03-04T10:00:00',
        end: '2026-03-04T11:30:00',
        timeZone: 'Europe/Berlin',
        status: 'CONFIRMED',
        recurrence: 'FREQ=WEEKLY;COUNT=3',
        organizer: { name: 'Ann', address: 'ann@example.com' },
        attendees: [{ name: 'Joe, Doe', address: 'joe@example.org', answer: 'ACCEPTED' }],
      },
    ]);
  });

  it.each([
    ['DTSTART:20260304T090000Z', '2026-03-04T09:00:00Z'],
    ['DTSTART;VALUE=DATE:20260304', '2026-03-04'],
    ['DTSTART:20260304', '2026-03-04'],
    ['DTSTART:soon', undefined],
  ])('reads the time of %s', (line, start) => {
    expect(readCalendar(wrap(line)).events[0]?.start).toBe(start);
  });

  it('survive a line that is none, a rule that nobody knows and a missing end', () => {
    const broken = ['BEGIN:VCALENDAR', '???', 'BEGIN:VEVENT', 'SUMMARY:A', 'RRULE:FREQ=MOONLY', 'UID:1'];
    expect(readCalendar(broken.join('\n')).events.map(({ summary }) => summary)).toEqual(['A']);
  });

  it('are no reason to expand an endless rule or to read more than fifty', () => {
    const many = Array.from({ length: 80 }, () => 'BEGIN:VEVENT\nRRULE:FREQ=SECONDLY\nEND:VEVENT').join('\n');
    expect(readCalendar(`BEGIN:VCALENDAR\n${many}\nEND:VCALENDAR`).events).toHaveLength(50);
  });

  it('are found in a mail without a name, once when they stand in it twice', async () => {
    const part = `Content-Type: text/calendar; method=REQUEST\r\n\r\n${wrap('UID:u1', 'SUMMARY:Visit')}`;
    const view = await readMail(
      ['Content-Type: multipart/mixed; boundary=b'],
      `--b\r\n\r\nhello\r\n--b\r\n${part}\r\n--b\r\n${part}\r\n--b--`,
    );
    expect(view.events.map(({ uid, summary }) => [uid, summary])).toEqual([['u1', 'Visit']]);
    expect(view.attachments.map(({ filename }) => filename)).toEqual(['calendar.ics', 'calendar1.ics']);
  });
});
