import { maskSecret } from '../../domain/mask-secret.ts';
import { ServiceError } from '../../domain/service-error.ts';
import type { SqlTarget } from './parse-sql-url.ts';

/** SQLSTATE classes whose cause is the query: they stay the same on every retry. */
const QUERY_CLASSES = new Set(['0A', '21', '22', '25', '2F', '3D', '3F', '42', '44']);

/** A failure of the driver to a ServiceError with the server's words. The driver's error is not kept: it holds the query. */
export function toSqlError(error: unknown, target: SqlTarget): ServiceError {
  if (error instanceof ServiceError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const said = error instanceof Error && error.message !== '' ? error.message : code;
  const words = maskSecret(said, target.password)
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .slice(0, 300);
  const place = `${target.host}:${target.port}`;
  const details = { code };
  if (/^28/.test(code)) {
    const fix = 'Check user and password of the database URL.';
    return new ServiceError('AuthenticationFailed', `${place} refused the login: ${words}`, { fix, details });
  }
  if (code === '42501') return new ServiceError('PermissionDenied', `${place}: ${words}`, { details });
  if (code === '25006') {
    const fix = 'Give a query that only reads.';
    return new ServiceError('InvalidInput', `The query wants to change data: ${words}`, { fix, details });
  }
  if (/^[0-9A-Z]{5}$/.test(code) && QUERY_CLASSES.has(code.slice(0, 2))) {
    const fix = 'Try the query in psql; it is used as a sub-query.';
    return new ServiceError('InvalidInput', `The query does not work: ${words}`, { fix, details });
  }
  return new ServiceError('Unavailable', `${place} cannot be read now: ${words}`, { details });
}
