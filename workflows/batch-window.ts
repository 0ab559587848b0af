import type {
  BatchStatus,
  BatchTuning,
  ImportBatchInput,
  ImportProgress,
} from '../src/contract/import-batch.ts';
import type { Priority } from '../src/domain/priority.ts';

/** The pure state of a batch: what was read, what runs, what is left to start. */
export interface BatchWindow {
  page: number;
  exhausted: boolean;
  paused: boolean;
  cancelling: boolean;
  /** Why the origin could not be read to its end. */
  failure: string | undefined;
  /** Why a message that was read could not be started. */
  unstarted: string | undefined;
  max: number;
  priority: Priority | undefined;
  started: number;
  settled: number;
  readonly pending: string[];
  /** Workflow ids that hold a place, with the time they took it, in milliseconds. */
  readonly inFlight: Map<string, number>;
}

export function createBatchWindow(input: ImportBatchInput): BatchWindow {
  const before = input.resumed;
  return {
    page: before?.page ?? 0,
    exhausted: before?.exhausted ?? false,
    paused: before?.paused ?? false,
    cancelling: false,
    failure: undefined,
    unstarted: before?.unstarted,
    max: input.maxConcurrentOperations,
    priority: input.priority,
    started: before?.started ?? 0,
    settled: before?.settled ?? 0,
    pending: [...(before?.pending ?? [])],
    inFlight: new Map(),
  };
}

/** The next message to start, or undefined while there is no place or nothing to start. */
export function takeNext(window: BatchWindow): string | undefined {
  return canStart(window) ? window.pending.shift() : undefined;
}

/** A page is read ahead, so that the window never runs dry while the mailbox answers. */
export function wantsPage(window: BatchWindow): boolean {
  return !window.exhausted && !window.paused && !window.cancelling && window.pending.length < window.max;
}

export function isOver(window: BatchWindow): boolean {
  if (window.inFlight.size > 0) return false;
  return window.cancelling || (window.exhausted && window.pending.length === 0);
}

/** Frees the places of runs that have not ended within `slotMs`: they go on, but hold up nobody. */
export function releaseStuck(window: BatchWindow, now: number, slotMs: number): string[] {
  const stuck = [...window.inFlight].filter(([, since]) => now - since >= slotMs).map(([id]) => id);
  for (const id of stuck) release(window, id);
  return stuck;
}

/** True when the run held a place: a child that reports and then ends is counted once. */
export function release(window: BatchWindow, workflowId: string): boolean {
  if (!window.inFlight.delete(workflowId)) return false;
  window.settled += 1;
  return true;
}

export function tune(window: BatchWindow, tuning: BatchTuning): void {
  window.max = tuning.maxConcurrentOperations ?? window.max;
  window.priority = tuning.priority ?? window.priority;
}

export function toProgress(window: BatchWindow): ImportProgress {
  return {
    page: window.page,
    // An origin that failed is asked once more: the next run does not know why it failed.
    exhausted: window.exhausted && window.failure === undefined,
    pending: window.pending,
    started: window.started,
    settled: window.settled,
    paused: window.paused,
    ...(window.unstarted === undefined ? {} : { unstarted: window.unstarted }),
  };
}

export function toBatchStatus(window: BatchWindow): BatchStatus {
  return {
    state: window.cancelling ? 'cancelling' : window.paused ? 'paused' : 'running',
    page: window.page,
    exhausted: window.exhausted,
    pending: window.pending.length,
    inFlight: window.inFlight.size,
    started: window.started,
    settled: window.settled,
    maxConcurrentOperations: window.max,
    priority: window.priority ?? 'BACKFILL',
  };
}

/** True when a message could be started now. */
export function canStart(window: BatchWindow): boolean {
  return (
    !window.paused && !window.cancelling && window.pending.length > 0 && window.inFlight.size < window.max
  );
}
