import { setTimeout as wait } from 'node:timers/promises';

export interface Cleanup {
  /** `step` runs before the steps that were added earlier, for at most `limitMs`. */
  add(name: string, limitMs: number, step: () => Promise<unknown>): void;
  /** Runs every step once, whatever becomes of the others. */
  run(): Promise<void>;
}

/** What a start has to undo, last things first. A step that fails or takes too long is said and passed over. */
export function createCleanup(say: (line: string) => void): Cleanup {
  const steps: { name: string; limitMs: number; step: () => Promise<unknown> }[] = [];
  return {
    add(name, limitMs, step) {
      steps.push({ name, limitMs, step });
    },
    async run() {
      for (let next = steps.pop(); next !== undefined; next = steps.pop()) {
        const { name, limitMs, step } = next;
        const timer = new AbortController();
        const late = wait(limitMs, `takes more than ${limitMs / 1000} s`, { signal: timer.signal });
        const done = step().then(
          () => undefined,
          (error: unknown) => (error instanceof Error ? error.message : String(error)),
        );
        const trouble = await Promise.race([done, late.catch(() => undefined)]);
        timer.abort();
        if (trouble !== undefined) say(`  ${name}: ${trouble}`);
      }
    },
  };
}
