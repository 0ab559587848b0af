import { ServiceError } from '../domain/service-error.ts';
import { redact } from './redact.ts';
import { toFaultError } from './to-fault-error.ts';
import { toStatusError } from './to-status-error.ts';

export interface ErrorContext {
  /** Never shown; blanked out wherever the other side repeats it. */
  readonly secret: string;
}

interface Answered {
  readonly statusCode?: number;
  readonly headers?: Readonly<Record<string, string | string[] | undefined>>;
}

function field(error: unknown, name: string): unknown {
  return typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined;
}

/**
 * Whatever a transport threw, as a `ServiceError`: faults by their code, HTTP answers that are no XML-RPC by their
 * status, all the rest (refused, reset, cut, unreadable) as `Unavailable`. The original is not kept as a cause, since
 * the package hangs the whole request, password included, on its errors.
 */
export function toServiceError(error: unknown, context: ErrorContext): ServiceError {
  if (error instanceof ServiceError) return error;
  const faultCode = field(error, 'faultCode');
  if (faultCode !== undefined) {
    const text = String(field(error, 'faultString') ?? '');
    return toFaultError({ code: Number(faultCode), text }, context);
  }
  const answer = field(error, 'res') as Answered | undefined;
  const status = answer?.statusCode;
  if (status !== undefined && status !== 200) {
    return toStatusError({ status, retryAfter: answer?.headers?.['retry-after']?.toString() });
  }
  const code = field(error, 'code');
  if (typeof code === 'string') {
    return new ServiceError('Unavailable', `Odoo cannot be reached (${code})`, { details: { code } });
  }
  const message = error instanceof Error ? redact(error.message, context.secret) : 'unknown error';
  return new ServiceError('Unavailable', `Odoo gave no readable answer: ${message}`, {
    fix: 'Check that ODOO_URL names the Odoo server itself',
  });
}
