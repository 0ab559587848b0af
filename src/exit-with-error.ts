import { ServiceError } from './domain/service-error.ts';
import { toPrintable } from './to-printable.ts';

/** Says what went wrong and what to do, and ends the process with code 1. A bug shows its stack. */
export function exitWithError(error: unknown): never {
  const text =
    error instanceof ServiceError
      ? `${error.message}${error.fix === undefined ? '' : `\n  → ${error.fix}`}`
      : error instanceof Error
        ? (error.stack ?? error.message)
        : String(error);
  process.stderr.write(`mailroom: ${toPrintable(text)}\n`);
  process.exit(1);
}
