import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ImportBatchInput } from '../../../src/contract/import-batch.ts';
import {
  type BatchWindow,
  canStart,
  createBatchWindow,
  isOver,
  release,
  releaseStuck,
  takeNext,
  toBatchStatus,
  toProgress,
  tune,
  wantsPage,
} from '../../../workflows/batch-window.ts';

const INPUT: ImportBatchInput = { batchId: 'b', accountId: 'a', maxConcurrentOperations: 2 };

function open(pending: readonly string[], change: Partial<ImportBatchInput> = {}): BatchWindow {
  const window = createBatchWindow({ ...INPUT, ...change });
  window.pending.push(...pending);
  return window;
}

/** Starts whatever may start, as the workflow does. */
function fill(window: BatchWindow, now = 0): string[] {
  const started: string[] = [];
  for (let id = takeNext(window); id !== undefined; id = takeNext(window)) {
    window.inFlight.set(id, now);
    window.started += 1;
    started.push(id);
  }
  return started;
}

describe('a window', () => {
  test('starts messages in order while there is a place', () => {
    const window = open(['m1', 'm2', 'm3']);
    expect(fill(window)).toEqual(['m1', 'm2']);
    release(window, 'm1');
    expect(fill(window)).toEqual(['m3']);
  });

  test('counts a run that reports and then ends once', () => {
    const window = open(['m1']);
    fill(window);
    expect([release(window, 'm1'), release(window, 'm1'), release(window, 'stranger')]).toEqual([
      true,
      false,
      false,
    ]);
    expect(window.settled).toBe(1);
  });

  test.each(['paused', 'cancelling'] as const)('starts and reads nothing while %s', (state) => {
    const window = open(['m1']);
    window[state] = true;
    expect([canStart(window), wantsPage(window), takeNext(window)]).toEqual([false, false, undefined]);
    expect(window.pending).toEqual(['m1']);
  });

  test('reads ahead until as much waits as may run, and not past the end', () => {
    const window = open(['m1']);
    expect(wantsPage(window)).toBe(true);
    window.pending.push('m2');
    expect(wantsPage(window)).toBe(false);
    window.pending.length = 0;
    window.exhausted = true;
    expect(wantsPage(window)).toBe(false);
  });

  test('is over when all was read and started and has ended', () => {
    const window = open(['m1']);
    window.exhausted = true;
    expect(isOver(window)).toBe(false);
    fill(window);
    expect(isOver(window)).toBe(false);
    release(window, 'm1');
    expect(isOver(window)).toBe(true);
  });

  test('that is cancelled is over when what runs has ended', () => {
    const window = open(['m1', 'm2', 'm3']);
    fill(window);
    window.cancelling = true;
    expect(isOver(window)).toBe(false);
    release(window, 'm1');
    release(window, 'm2');
    expect(isOver(window)).toBe(true);
  });

  test('takes the places of those that held one for as long as a slot lasts', () => {
    const window = open(['m1', 'm2'], { maxConcurrentOperations: 1 });
    fill(window, 1_000);
    expect(releaseStuck(window, 1_999, 1_000)).toEqual([]);
    expect(releaseStuck(window, 2_000, 1_000)).toEqual(['m1']);
    expect(fill(window, 2_000)).toEqual(['m2']);
  });

  test('keeps what a tuning does not name', () => {
    const window = open([], { priority: 'LOW' });
    tune(window, { maxConcurrentOperations: 7 });
    tune(window, { priority: 'HIGH' });
    tune(window, {});
    expect([window.max, window.priority]).toEqual([7, 'HIGH']);
  });
});

describe('the status', () => {
  test('counts, and names a backfill', () => {
    const window = open(['m1', 'm2', 'm3']);
    fill(window);
    expect(toBatchStatus(window)).toEqual({
      state: 'running',
      page: 0,
      exhausted: false,
      pending: 1,
      inFlight: 2,
      started: 2,
      settled: 0,
      maxConcurrentOperations: 2,
      priority: 'BACKFILL',
    });
  });

  test('says cancelling rather than paused', () => {
    const window = open([]);
    window.paused = true;
    expect(toBatchStatus(window).state).toBe('paused');
    window.cancelling = true;
    expect(toBatchStatus(window).state).toBe('cancelling');
  });
});

describe('what one run hands to the next', () => {
  test('makes the same window', () => {
    const window = open(['m1', 'm2', 'm3']);
    fill(window);
    release(window, 'm1');
    release(window, 'm2');
    Object.assign(window, { page: 4, paused: true, exhausted: true });
    const next = createBatchWindow({ ...INPUT, resumed: toProgress(window) });
    expect(next).toEqual(window);
  });

  test('asks an origin that failed once more: the reason is not carried', () => {
    const window = open(['m1']);
    Object.assign(window, { exhausted: true, failure: 'The server is away' });
    expect(createBatchWindow({ ...INPUT, resumed: toProgress(window) }).exhausted).toBe(false);
  });

  test('hands on that a message could not be started', () => {
    const window = open([]);
    window.unstarted = 'The namespace is gone';
    const next = createBatchWindow({ ...INPUT, resumed: toProgress(window) });
    expect(next.unstarted).toBe('The namespace is gone');
    expect(toProgress(open([]))).not.toHaveProperty('unstarted');
  });
});

describe('whatever happens to a batch', () => {
  const max = fc.integer({ min: 1, max: 5 });
  const step = fc.oneof(
    fc.record({ kind: fc.constant('page' as const), size: fc.integer({ min: 0, max: 4 }) }),
    fc.record({ kind: fc.constant('end' as const), pick: fc.nat() }),
    fc.record({ kind: fc.constant('report' as const), pick: fc.nat() }),
    fc.record({ kind: fc.constant('tune' as const), max }),
    fc.record({ kind: fc.constant('hold' as const), paused: fc.boolean() }),
    fc.record({ kind: fc.constant('stuck' as const) }),
    fc.record({ kind: fc.constant('next run' as const) }),
  );
  type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

  function play(first: number, steps: readonly Step[]) {
    let window = createBatchWindow({ ...INPUT, maxConcurrentOperations: first });
    const started: string[] = [];
    let read = 0;
    let now = 0;
    const pick = (n: number) => [...window.inFlight.keys()][n % Math.max(window.inFlight.size, 1)] ?? 'none';
    const advance = () => {
      const before = window.inFlight.size;
      const more = fill(window, now);
      started.push(...more);
      if (more.length > 0) expect(window.inFlight.size).toBeLessThanOrEqual(window.max);
      else expect(window.inFlight.size).toBe(before);
    };
    for (const each of steps) {
      now += 1;
      if (each.kind === 'page' && wantsPage(window)) {
        for (let n = 0; n < each.size; n += 1) window.pending.push(`m${++read}`);
      }
      if (each.kind === 'end' || each.kind === 'report') release(window, pick(each.pick));
      if (each.kind === 'tune') tune(window, { maxConcurrentOperations: each.max });
      if (each.kind === 'hold') window.paused = each.paused;
      if (each.kind === 'stuck') releaseStuck(window, now, 3);
      if (each.kind === 'next run' && window.inFlight.size === 0) {
        window = createBatchWindow({
          ...INPUT,
          maxConcurrentOperations: window.max,
          resumed: toProgress(window),
        });
      }
      advance();
    }
    window.exhausted = true;
    window.paused = false;
    for (advance(); !isOver(window); advance()) release(window, pick(0));
    return { window, started, read };
  }

  test('its window never holds more than it may, and each message is started once and settled', () => {
    fc.assert(
      fc.property(max, fc.array(step, { maxLength: 80 }), (first, steps) => {
        const { window, started, read } = play(first, steps);
        expect(started).toEqual(Array.from({ length: read }, (_, n) => `m${n + 1}`));
        expect([window.started, window.settled]).toEqual([read, read]);
      }),
      { numRuns: 300 },
    );
  });
});
