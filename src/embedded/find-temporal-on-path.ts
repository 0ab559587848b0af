import { resolve } from 'node:path';
import { readTemporalVersion } from './read-temporal-version.ts';
import { runCommand } from './run-command.ts';
import type { TemporalSource } from './temporal-source.ts';
import { withPath } from './with-path.ts';

export const findTemporalOnPath: TemporalSource = async ({ path }) => {
  const look = withPath(path, ['/bin/sh', '-c', 'command -v temporal']);
  const { code, output } = await runCommand(look, { timeoutMs: 5000 });
  if (code !== 0) return { miss: 'No temporal program on PATH' };
  const executable = resolve(output.trim());
  const answer = await readTemporalVersion(executable);
  return 'fault' in answer ? { miss: `Passing over ${executable} on PATH: ${answer.fault}` } : { executable };
};
