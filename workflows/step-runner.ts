import { CancellationScope, condition } from '@temporalio/workflow';

/** A person ended the run; not a failure of the step. */
export interface Stop {
  readonly kind: 'skip' | 'cancel';
  readonly note: string;
}

export interface StepRunner {
  /** Runs one step of local activities; `retryNow` starts it afresh. Throws `StoppedError` when a person ends the run. */
  run<T>(step: () => Promise<T>): Promise<T>;
  /** The same for a step that waits for others, on the network or in an office; records are made beside it. */
  runOpen<T>(step: () => Promise<T>): Promise<T>;
  /** A local activity of a handler, or beside an open step: never beside another local activity. */
  record<T>(call: () => Promise<T>): Promise<T>;
  retryNow(): void;
  stop(stop: Stop): void;
  readonly stopped: Stop | undefined;
}

/**
 * Lets people interrupt whichever step is under way, by cancelling its scope: a cancelled step is waited for like any
 * other, so no two attempts run side by side. Local activities go one by one: two that end in another order than they
 * began cannot be replayed. Kept free of promises of its own: the SDK traces each one.
 */
export function createStepRunner(): StepRunner {
  let stopped: Stop | undefined;
  let current:
    | { readonly scope: CancellationScope; readonly alone: boolean; interrupted: boolean }
    | undefined;
  let recording = false;
  let waiting = 0;

  const interrupt = () => {
    if (current === undefined) return;
    current.interrupted = true;
    current.scope.cancel();
  };

  async function run<T>(step: () => Promise<T>, alone: boolean): Promise<T> {
    for (;;) {
      if (stopped !== undefined) throw new StoppedError(stopped);
      // What people ask for goes first: the next step is to know of it.
      if (recording || waiting > 0) {
        await condition(() => !recording && waiting === 0);
        continue;
      }
      const attempt = { scope: new CancellationScope(), alone, interrupted: false };
      current = attempt;
      if (alone) recording = true;
      try {
        // A step that finished all the same has finished: its result counts.
        return await attempt.scope.run(step);
      } catch (error) {
        // One that failed was interrupted, whatever it says of a connection that was cut.
        if (!attempt.interrupted) throw error;
      } finally {
        current = undefined;
        if (alone) recording = false;
      }
    }
  }

  return {
    run: (step) => run(step, true),
    runOpen: (step) => run(step, false),
    async record(call) {
      waiting += 1;
      // A step may be minutes from its next attempt: it makes room and starts afresh.
      if (current?.alone === true) interrupt();
      try {
        while (recording) await condition(() => !recording);
      } finally {
        waiting -= 1;
      }
      recording = true;
      try {
        return await call();
      } finally {
        recording = false;
      }
    },
    retryNow: interrupt,
    stop(stop) {
      stopped ??= stop;
      interrupt();
    },
    get stopped() {
      return stopped;
    },
  };
}

/** Caught by the workflow itself, never thrown out of it. */
export class StoppedError extends Error {
  override readonly name = 'StoppedError';
  readonly stop: Stop;

  constructor(stop: Stop) {
    super(`${stop.kind}: ${stop.note}`);
    this.stop = stop;
  }
}
