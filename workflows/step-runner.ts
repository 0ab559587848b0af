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

/** Lets people interrupt whichever step is under way. */
export function createStepRunner(): StepRunner {
  let stopped: Stop | undefined;
  let interrupt: (() => void) | undefined;

  async function attempt<T>(step: () => Promise<T>): Promise<{ value: T } | 'interrupted'> {
    const scope = new CancellationScope();
    // Not a Trigger: that one gives up with the run, and a cancelled step is waited for like any other.
    const interrupted = new Promise<'interrupted'>((resolve) => {
      interrupt = () => resolve('interrupted');
    });
    const result = scope.run(step).then((value) => ({ value }));
    const first = await Promise.race([result, interrupted]);
    if (first !== 'interrupted') return first;
    scope.cancel();
    // A step that finished all the same has finished: its result counts. One that failed was interrupted,
    // whatever it says of a connection that was cut.
    return result.catch(() => 'interrupted' as const);
  }

  return {
    async run(step) {
      for (;;) {
        if (stopped !== undefined) throw new StoppedError(stopped);
        const outcome = await attempt(step);
        interrupt = undefined;
        if (outcome !== 'interrupted') return outcome.value;
      }
    },
    retryNow() {
      interrupt?.();
    },
    stop(stop) {
      stopped ??= stop;
      interrupt?.();
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
