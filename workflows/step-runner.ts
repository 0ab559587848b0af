import { CancellationScope } from '@temporalio/workflow';

/** A person ended the run; not a failure of the step. */
export interface Stop {
  readonly kind: 'skip' | 'cancel';
  readonly note: string;
}

export interface StepRunner {
  /** Runs one step; `retryNow` starts it afresh. Throws `stopped` when a person ends the run. */
  run<T>(step: () => Promise<T>): Promise<T>;
  retryNow(): void;
  stop(stop: Stop): void;
  readonly stopped: Stop | undefined;
}

/**
 * Lets people interrupt whichever step is under way, by cancelling its scope: a cancelled step is waited for like any
 * other, so no two attempts run side by side. Kept free of promises of its own: the SDK traces each one.
 */
export function createStepRunner(): StepRunner {
  let stopped: Stop | undefined;
  let current: { readonly scope: CancellationScope; interrupted: boolean } | undefined;

  const interrupt = () => {
    if (current === undefined) return;
    current.interrupted = true;
    current.scope.cancel();
  };

  return {
    async run(step) {
      for (;;) {
        if (stopped !== undefined) throw new StoppedError(stopped);
        const attempt = { scope: new CancellationScope(), interrupted: false };
        current = attempt;
        try {
          // A step that finished all the same has finished: its result counts.
          return await attempt.scope.run(step);
        } catch (error) {
          // One that failed was interrupted, whatever it says of a connection that was cut.
          if (!attempt.interrupted) throw error;
        } finally {
          current = undefined;
        }
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
