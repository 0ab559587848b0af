/** Resolves when the process is asked to end: Ctrl-C, a service manager, or a lost terminal. */
export function runUntilSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.once(signal, () => resolve(signal));
  });
}
