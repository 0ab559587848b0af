import type { Command } from 'commander';
import type { Context } from '../open-context.ts';
import { toPrintableJson } from '../to-printable.ts';

/** Opens a context for one command and closes it however the command ends. */
export async function withContext<T>(work: (context: Context) => Promise<T>): Promise<T> {
  // Not needed for the help, nor to say how a command is used.
  const { openCliContext } = await import('./open-cli-context.ts');
  const context = await openCliContext();
  try {
    return await work(context);
  } finally {
    await context.close();
  }
}

/** True when the command, or the program before it, was given `--json`. */
export function wantsJson(command: Command): boolean {
  return command.optsWithGlobals<{ json?: boolean }>().json === true;
}

/** The answer of a command: JSON on one line, or text for people. */
export function answer(json: boolean, value: unknown, toText: () => string): void {
  process.stdout.write(`${json ? toPrintableJson(value) : toText()}\n`);
}
