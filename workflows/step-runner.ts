import { CancellationScope, isCancellation, Trigger } from '@temporalio/workflow';

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
  let interrupt: Trigger<void> | undefined;

  async function attempt<T>(step: () => Promise<T>): Promise<{ value: T } | 'interrupted'> {
    const scope = new CancellationScope();
    const trigger = new Trigger<void>();
    interrupt = trigger;
    const result = scope.run(step).then((value) => ({ value }));
    const first = await Promise.race([result, trigger.then(() => 'interrupted' as const)]);
    if (first !== 'interrupted') return first;
    scope.cancel();
    // A step that finished all the same has finished: its result counts, whatever asked to interrupt it.
    return result.catch((error: unknown) => {
      if (isCancellation(error)) return 'interrupted' as const;
      throw error;
    });
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
      interrupt?.resolve();
    },
    stop(stop) {
      stopped ??= stop;
      interrupt?.resolve();
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
