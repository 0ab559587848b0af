import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

export interface RunningProgram {
  readonly pid: number;
  /** All that it wrote so far. */
  output(): string;
  /** What it wrote to standard output. */
  answer(): string;
  /** Resolves once it wrote `text`; rejects with its output when it ends before. */
  says(text: string): Promise<void>;
  /** Resolves with its exit code when it has ended, null when it died of a signal. */
  ended(): Promise<number | null>;
  end(signal: NodeJS.Signals): Promise<number | null>;
}

/** Starts a Node program that ends with the test process. */
export function startProgram(
  args: readonly string[],
  options: { readonly cwd: string; readonly env: Readonly<Record<string, string>> },
): RunningProgram {
  const { cwd, env } = options;
  const child = spawn(process.execPath, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const chunks: string[] = [];
  const answers: string[] = [];
  child.stdout.on('data', (chunk: Buffer) => {
    chunks.push(chunk.toString());
    answers.push(chunk.toString());
  });
  child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk.toString()));
  const killWithUs = () => child.kill('SIGKILL');
  process.once('exit', killWithUs);
  child.once('close', () => process.removeListener('exit', killWithUs));
  const output = () => chunks.join('');
  // Not `exit`: what it wrote last may arrive later.
  const closed = once(child, 'close');
  const ended = () => closed.then(() => child.exitCode);
  return {
    pid: child.pid ?? 0,
    output,
    answer: () => answers.join(''),
    says: (text) => waitForText(child, text, output),
    ended,
    end(signal) {
      if (!hasEnded(child)) child.kill(signal);
      return ended();
    },
  };
}

function waitForText(child: ChildProcess, text: string, output: () => string): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = () => {
      if (output().includes(text)) resolve();
    };
    child.stdout?.on('data', look);
    child.stderr?.on('data', look);
    child.once('close', () => reject(new Error(`It ended before it said "${text}":\n${output()}`)));
    look();
    if (hasEnded(child)) reject(new Error(`It ended before it said "${text}":\n${output()}`));
  });
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}
