import { ServiceError } from '../src/domain/service-error.ts';

const CONNECTION_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOTFOUND',
  'ETIMEDOUT',
  'CONNECT_TIMEOUT',
  'CONNECTION_CLOSED',
  'CONNECTION_DESTROYED',
  'CONNECTION_ENDED',
]);

/** A refused login, or a database that is not there: a password rotated, a server being restored. */
const REFUSED_CODES = new Set(['28P01', '28000', '3D000']);

/** undefined_table and undefined_column: a program that is newer than its database. */
const OLD_SCHEMA_CODES = new Set(['42P01', '42703']);

/**
 * What PostgreSQL or its driver said, in our terms. SQLSTATE classes: 08 connection, 40 rollback (deadlock),
 * 53 resources, 57 operator (PostgreSQL 18, appendix A). Query texts and parameters stay out of the message.
 */
export function toServiceError(error: unknown): Error {
  if (error instanceof ServiceError) return error;
  const cause = toCause(error);
  const code = readCode(cause);
  if (CONNECTION_CODES.has(code) || /^(08|40|53|57)/.test(code)) {
    return new ServiceError('Unavailable', `PostgreSQL cannot be used just now (${code})`, {
      fix: 'Check that PostgreSQL runs and that DATABASE_URL names it.',
      details: { code },
      cause,
    });
  }
  if (REFUSED_CODES.has(code)) {
    // Not AuthenticationFailed: that is never retried, and would pause a mail account for our own database.
    return new ServiceError('Unavailable', `PostgreSQL refused the connection (${code})`, {
      fix: 'Check user, password and database name in DATABASE_URL.',
      details: { code },
      cause,
    });
  }
  if (OLD_SCHEMA_CODES.has(code)) {
    return new ServiceError('Unavailable', `The database is older than this program (${code})`, {
      fix: 'Start the API of the same version: it migrates the database as it starts.',
      details: { code },
      cause,
    });
  }
  if (code === '23505') return new ServiceError('Conflict', 'That row is there already', { cause });
  if (code === '23503')
    return new ServiceError('NotFound', 'It refers to a row that is not there', { cause });
  if (/^22/.test(code)) {
    return new ServiceError('InvalidInput', `PostgreSQL cannot store that value (${code})`, { cause });
  }
  return new ServiceError('Internal', `PostgreSQL failed (${code || 'no code'})`, {
    details: { code },
    cause,
  });
}

/** True when the server or the network ended the connection, so that nothing more can be sent on it. */
export function isConnectionLost(error: unknown): boolean {
  const cause = toCause(error);
  const severity = cause instanceof Error && 'severity' in cause ? cause.severity : undefined;
  return CONNECTION_CODES.has(readCode(cause)) || severity === 'FATAL' || severity === 'PANIC';
}

/** drizzle wraps what the driver threw. */
function toCause(error: unknown): unknown {
  return error instanceof Error && error.cause instanceof Error ? error.cause : error;
}

export function readCode(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('code' in error)) return '';
  return typeof error.code === 'string' ? error.code : '';
}
