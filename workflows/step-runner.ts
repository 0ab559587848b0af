import { CancellationScope, condition } from '@temporalio/workflow';

/** A person ended the run; not a failure of the step. */
export interface Stop {
  readonly kind: 'skip' | 'cancel';
  readonly note: string;
}

export interface StepRunner {
  /** Runs the whole story; steps are run within it. */
  tell<T>(story: () => Promise<T>): Promise<T>;
  /** Runs one step of local activities; `retryNow` starts it afresh. Throws `StoppedError` when a person ends the run. */
  run<T>(step: () => Promise<T>): Promise<T>;
  /** The same for a step that waits for others, on the network or in an office; records are made beside it. */
  runOpen<T>(step: () => Promise<T>): Promise<T>;
  /** A local activity of a handler, or beside an open step: never beside another local activity. */
  record<T>(call: () => Promise<T>): Promise<T>;
  retryNow(): void;
  stop(stop: Stop): void;
  /** The run itself was cancelled, not a step of it. */
  readonly cancelled: boolean;
}

/**
 * Lets people interrupt whichever step is under way, by cancelling its scope: a cancelled step is waited for like any
 * other, so no two attempts run side by side. Local activities go one by one: two that end in another order than they
 * began cannot be replayed. One scope serves until it is cancelled, and a step costs one promise: the SDK traces each.
 */
export function createStepRunner(): StepRunner {
  const root = CancellationScope.current();
  const first = new CancellationScope({ cancellable: true, parent: root });
  let scope = first;
  let stopped: Stop | undefined;
  let current: Attempt | undefined;
  let recording = false;
  let waiting = 0;

  const interrupt = () => {
    if (current === undefined) return;
    current.interrupted = true;
    scope.cancel();
  };

  function begin<T>(step: () => Promise<T>): Promise<T> {
    try {
      return scope === first ? step() : scope.run(step);
    } catch (error) {
      return Promise.reject(error instanceof Error ? error : new Error(String(error)));
    }
  }

  function run<T>(step: () => Promise<T>, alone: boolean): Promise<T> {
    if (stopped !== undefined) return Promise.reject(new StoppedError(stopped));
    // What people ask for goes first: the next step is to know of it.
    if (recording || waiting > 0) {
      return root.run(() => condition(() => !recording && waiting === 0)).then(() => run(step, alone));
    }
    if (scope.consideredCancelled && !root.consideredCancelled)
      scope = new CancellationScope({ cancellable: true, parent: root });
    const attempt: Attempt = { alone, interrupted: false };
    const end = () => {
      current = undefined;
      if (alone) recording = false;
    };
    current = attempt;
    if (alone) recording = true;
    return begin(step).then(
      // A step that finished all the same has finished: its result counts.
      (result) => {
        end();
        return result;
      },
      // One that failed was interrupted, whatever it says of a connection that was cut.
      (error: unknown) => {
        end();
        if (!attempt.interrupted) throw error;
        return run(step, alone);
      },
    );
  }

  return {
    tell: (story) => first.run(story),
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
    get cancelled() {
      return root.consideredCancelled;
    },
  };
}

interface Attempt {
  /** Of local activities, which no record may be made beside. */
  readonly alone: boolean;
  interrupted: boolean;
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
