import { describe, test } from 'vitest';

/** A suite that needs what may not be installed. With an obstacle one test stands for all of it, skipped with the reason. */
export function describeUnless(obstacle: string | undefined, name: string, suite: () => void): void {
  if (obstacle === undefined) describe(name, suite);
  else test(`${name} (every test of it)`, (context) => context.skip(obstacle));
}
