/** Steps of a session at which the scripted server can misbehave; `dot` is after the whole message was read. */
export type SmtpStep = 'connect' | 'auth' | 'mail' | 'rcpt' | 'data' | 'body' | 'dot';

/** One thing that goes wrong, from now on or `times` times. */
export interface SmtpFault {
  readonly at: SmtpStep;
  /** Answer with this code; not at `data` and `body`. With `drop`: answer, then cut. */
  readonly answer?: number;
  readonly text?: string;
  /** Cut the connection. */
  readonly drop?: boolean;
  /** At `dot`: whether the server keeps a message that it did not confirm. Default yes. */
  readonly keep?: boolean;
  readonly delayMs?: number;
  /** At `rcpt`: only for this address. */
  readonly recipient?: string;
  readonly times?: number;
}

export interface FaultScript {
  add(fault: SmtpFault): void;
  clear(): void;
  /** The next fault for this step; counts it as used. */
  take(at: SmtpStep, recipient?: string): SmtpFault | undefined;
  /** Resolves when a session comes to this step next. */
  reached(at: SmtpStep): Promise<void>;
}

export function createFaultScript(): FaultScript {
  let faults: { fault: SmtpFault; left: number }[] = [];
  let waiting: { at: SmtpStep; wake: () => void }[] = [];
  return {
    add: (fault) => void faults.push({ fault, left: fault.times ?? Number.POSITIVE_INFINITY }),
    clear() {
      faults = [];
    },
    reached: (at) => new Promise((wake) => void waiting.push({ at, wake })),
    take(at, recipient) {
      for (const { wake } of waiting.filter((waiter) => waiter.at === at)) wake();
      waiting = waiting.filter((waiter) => waiter.at !== at);
      const entry = faults.find(
        ({ fault, left }) =>
          left > 0 && fault.at === at && (fault.recipient === undefined || fault.recipient === recipient),
      );
      if (entry) entry.left -= 1;
      return entry?.fault;
    },
  };
}
