/** npm passes on the Ctrl-C that the terminal has sent to the whole group already: that is one request, not two. */
const SAME_REQUEST_MS = 1_000;

/** Resolves when the process is asked to end: Ctrl-C, a service manager, or a lost terminal. Asked again, it ends at once. */
export function runUntilSignal(): Promise<NodeJS.Signals> {
  let askedAt: number | undefined;
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        askedAt ??= Date.now();
        if (Date.now() - askedAt > SAME_REQUEST_MS) process.exit(130);
        resolve(signal);
      });
    }
  });
}
