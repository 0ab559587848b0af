/** Collapses a burst: while one call is under way, any number of others become one more. */
export interface Notifier {
  readonly notify: () => void;
  /** Rejects when a call fails; never resolves. */
  readonly failed: Promise<never>;
}

export function createNotifier(call: () => Promise<void>): Notifier {
  let isCalling = false;
  let isAsked = false;
  let fail: (error: unknown) => void = () => undefined;
  const failed = new Promise<never>((_, reject) => {
    fail = reject;
  });
  // Whoever waits for it is told; nobody may be waiting any more.
  failed.catch(() => undefined);

  async function callUntilQuiet(): Promise<void> {
    isCalling = true;
    try {
      while (isAsked) {
        isAsked = false;
        await call();
      }
    } finally {
      isCalling = false;
    }
  }

  return {
    failed,
    notify() {
      isAsked = true;
      if (!isCalling) callUntilQuiet().catch(fail);
    },
  };
}
