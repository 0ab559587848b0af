import { ServiceError } from '../domain/service-error.ts';
import { toPrintable, toPrintableLine } from '../to-printable.ts';
import { inCommands, toKnownError } from './to-known-error.ts';

export interface Finding {
  readonly check: string;
  readonly ok: boolean;
  readonly detail: string;
  readonly fix: string | undefined;
}

const NAME_WIDTH = 18;

/** What one check found; whatever it throws is a finding too. */
export async function look(check: string, work: () => string | Promise<string>): Promise<Finding> {
  try {
    return { check, ok: true, detail: await work(), fix: undefined };
  } catch (thrown) {
    const error = inCommands(toKnownError(thrown));
    const detail = error instanceof Error ? error.message : String(error);
    return { check, ok: false, detail, fix: error instanceof ServiceError ? error.fix : undefined };
  }
}

/** One line a check; what is wrong stands whole, with its fix below. */
export function describeFindings(findings: readonly Finding[]): string {
  return findings
    .flatMap(({ ok, check, detail, fix }) => [
      `${ok ? 'ok' : 'XX'}  ${toPrintableLine(check).padEnd(NAME_WIDTH)} ${toPrintable(detail).replaceAll('\n', '\n      ')}`,
      ...(fix === undefined ? [] : [`      → ${toPrintable(fix).replaceAll('\n', '\n        ')}`]),
    ])
    .join('\n');
}
