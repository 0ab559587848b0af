import { describe, expect, it } from 'vitest';
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
