import { cpus } from 'node:os';

export interface BenchOptions {
  readonly n: number;
  readonly seed: number;
}

/** What every bench says of itself. */
export function describeMachine({ n, seed }: BenchOptions) {
  return { seed, n, cores: cpus().length, node: process.version, engine: 'local' };
}

export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
