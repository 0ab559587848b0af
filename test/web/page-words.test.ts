import { describe, expect, it } from 'vitest';
import { formatEventTime } from '../../api/web/src/format/format-event-time.ts';
import { clipSpans, splitSegments } from '../../api/web/src/format/split-segments.ts';
import { splitSpans } from '../../api/web/src/format/split-spans.ts';
import { addSample } from '../../api/web/src/state/add-sample.ts';
import { type Sample, toRate } from '../../api/web/src/state/to-rate.ts';

describe('the pace of a batch', () => {
  it('is not known before it was watched for two seconds', () => {
    expect(toRate([])).toBeUndefined();
    expect(toRate([{ at: 0, count: 5 }])).toBeUndefined();
    expect(
      toRate([
        { at: 0, count: 5 },
        { at: 1_000, count: 50 },
      ]),
    ).toBeUndefined();
  });

  it('forgets what is older than a quarter of a minute', () => {
    let samples: readonly Sample[] = [];
    for (let second = 0; second <= 60; second += 1) {
      // A burst at first, ten a second later on.
      samples = addSample(samples, {
        at: second * 1_000,
        count: second < 30 ? second * 100 : 3_000 + second * 10,
      });
    }
    expect(toRate(samples)).toBe(10);
  });

  it('does not go below zero when a count is set back', () => {
    const samples = [
      { at: 0, count: 90 },
      { at: 5_000, count: 10 },
    ];
    expect(toRate(samples)).toBe(0);
  });
});

describe('marked personal details', () => {
  const joined = (text: string, spans: Parameters<typeof splitSpans>[1]) =>
    splitSpans(text, spans)
      .map((piece) => piece.text)
      .join('');

  it('cuts a text at its spans and loses nothing of it', () => {
    const spans = [{ kind: 'phone', start: 5, end: 9 }];
    expect(splitSpans('call 1234 now', spans)).toEqual([
      { start: 0, text: 'call ', kind: undefined },
      { start: 5, text: '1234', kind: 'phone' },
      { start: 9, text: ' now', kind: undefined },
    ]);
  });

  it('leaves out spans that overlap or lie outside', () => {
    const spans = [
      { kind: 'phone', start: 0, end: 4 },
      { kind: 'card', start: 2, end: 6 },
      { kind: 'iban', start: 8, end: 99 },
    ];
    expect(joined('0123456789', spans)).toBe('0123456789');
    expect(splitSpans('0123456789', spans).filter(({ kind }) => kind !== undefined)).toHaveLength(1);
  });
});

describe('a text with a place that is pointed at', () => {
  it('is cut at the place and at the signature, and joins to itself wherever they lie', () => {
    const text = 'Pay 4711 now. Bye, Ada';
    for (const [start, end, signature] of [
      [4, 8, 14],
      [0, 22, 22],
      [16, 20, 14],
      [9, 99, 14],
      [5, 5, 0],
    ] as const) {
      const segments = splitSegments(text.length, { start, end }, signature);
      expect(segments.map((one) => text.slice(one.start, one.end)).join('')).toBe(text);
      const lit = segments.filter(({ isPointedAt }) => isPointedAt);
      expect(lit.map((one) => text.slice(one.start, one.end)).join('')).toBe(text.slice(start, end));
    }
    expect(splitSegments(22, undefined, 14).map(({ isSignature }) => isSignature)).toEqual([false, true]);
  });

  it('keeps the marks of each piece', () => {
    const spans = [{ kind: 'phone', start: 3, end: 9 }];
    expect(clipSpans(spans, { start: 0, end: 5 })).toEqual([{ kind: 'phone', start: 3, end: 5 }]);
    expect(clipSpans(spans, { start: 5, end: 12 })).toEqual([{ kind: 'phone', start: 0, end: 4 }]);
    expect(clipSpans(spans, { start: 9, end: 12 })).toEqual([]);
  });
});

describe('the time of an event', () => {
  it('is shown on the clock of its own place, and a whole day as a day', () => {
    const day = (iso: string) =>
      new Intl.DateTimeFormat(undefined, {
        weekday: 'short',
        day: 'numeric',
        month: 'short',
        year: 'numeric',
        timeZone: 'UTC',
      }).format(new Date(iso));
    expect(formatEventTime('2026-03-12', '2026-03-13')).toBe(day('2026-03-12'));
    expect(formatEventTime('2026-03-12', null)).toBe(day('2026-03-12'));
    expect(formatEventTime('2026-03-12', '2026-03-15')).toBe(
      `${day('2026-03-12')} – before ${day('2026-03-15')}`,
    );
    expect(formatEventTime('2026-03-12T09:30:00', '2026-03-12T11:00:00')).toMatch(/0?9:30.* – 11:00/);
    expect(formatEventTime('not a time', null)).toBe('not a time');
    expect(formatEventTime(null, null)).toBe('At no time that it names');
  });
});
