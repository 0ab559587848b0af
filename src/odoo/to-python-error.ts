import type { FailureType } from '../domain/failure.ts';
import { ServiceError } from '../domain/service-error.ts';
import { redact } from './redact.ts';

const RULES: readonly (readonly [RegExp, FailureType, string | undefined])[] = [
  [/database ".*" does not exist/, 'NotFound', 'Check ODOO_DATABASE'],
  [
    /^psycopg2\.(OperationalError|InterfaceError|errors\.(SerializationFailure|Deadlock|Lock))/,
    'Unavailable',
    undefined,
  ],
  [/PoolError|ConcurrencyError|MemoryError|OSError|ConnectionError/, 'Unavailable', undefined],
  // The same request would fail in the same way for ever.
  [/^(ValueError|TypeError|KeyError|AttributeError|NameError|xml\.)/, 'Rejected', undefined],
];

/** `psycopg2.OperationalError: …`: the line that names the exception; its text may go on below it. */
function findExceptionLine(traceback: string): string {
  const lines = traceback.trimEnd().split('\n');
  const named = lines.findLast((line) => /^[A-Za-z_][\w.]*(:\s|$)/.test(line));
  return named ?? lines.at(-1) ?? '';
}

/** An unhandled Python exception, told by the last line of its traceback; the rest names the server's files. */
export function toPythonError(traceback: string, context: { readonly secret: string }): ServiceError {
  const line = findExceptionLine(traceback);
  const rule = RULES.find(([pattern]) => pattern.test(line));
  const fix = rule?.[2];
  return new ServiceError(rule?.[1] ?? 'Internal', `Odoo failed: ${redact(line, context.secret)}`, {
    details: { fault: 1 },
    ...(fix === undefined ? {} : { fix }),
  });
}
