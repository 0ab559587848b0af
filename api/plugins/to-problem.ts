import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { FAILURES, type FailureType } from '../../src/domain/failure.ts';
import { ServiceError } from '../../src/domain/service-error.ts';
import type { Problem } from '../schemas/problem.ts';

/** What Fastify itself refuses, by its status. */
const REFUSALS: Readonly<Record<number, { detail: string; fix: string }>> = {
  400: {
    detail: 'The body is not JSON',
    fix: 'Send one JSON value, and no body with an action that needs none.',
  },
  413: {
    detail: 'The body is too large',
    fix: 'Post several smaller batches, or import a folder by `path`.',
  },
  414: { detail: 'The address is too long', fix: 'Use fewer or shorter parameters.' },
  415: { detail: 'Only JSON bodies are understood', fix: 'Send Content-Type: application/json.' },
};

/** A hostile body has thousands. */
const MAX_FIELDS = 20;

/** Any error as an RFC 9457 problem. What is not ours to explain is Internal, without its message or stack. */
export function toProblem(error: unknown, requestId: string): Problem {
  if (error instanceof ServiceError) return fromServiceError(error, requestId);
  if (hasZodFastifySchemaValidationErrors(error)) return fromValidation(error.validation, requestId);
  const status = readStatus(error);
  const refusal = REFUSALS[status];
  if (refusal) return { ...ofType('InvalidInput'), ...refusal, status, requestId };
  if (status >= 400 && status < 500) {
    return { ...ofType('InvalidInput'), status, detail: 'The request cannot be understood', requestId };
  }
  return {
    ...ofType('Internal'),
    detail: 'Something unexpected went wrong',
    fix: `Look for request ${requestId} in the server's log.`,
    requestId,
  };
}

function fromServiceError(error: ServiceError, requestId: string): Problem {
  const { batchId } = error.details;
  return {
    ...ofType(error.type),
    detail: error.message,
    ...(error.fix === undefined ? {} : { fix: error.fix }),
    ...(typeof batchId === 'string' ? { batchId } : {}),
    requestId,
  };
}

interface Fault {
  readonly instancePath: string;
  readonly message?: string | undefined;
  readonly params?: Record<string, unknown>;
}

function fromValidation(faults: readonly Fault[], requestId: string): Problem {
  const errors = faults.slice(0, MAX_FIELDS).flatMap(toFieldErrors).slice(0, MAX_FIELDS);
  const fields = [...new Set(errors.map((fault) => fault.field))].join(', ');
  return {
    ...ofType('InvalidInput'),
    detail: `These fields do not fit: ${fields}`,
    fix: `${errors.map((fault) => `${fault.field}: ${fault.message}`).join('; ')}. The shapes are at /docs.`,
    errors,
    requestId,
  };
}

/** zod names the object that holds an unknown key; a reader looks for the key. */
function toFieldErrors({ instancePath, message, params }: Fault): { field: string; message: string }[] {
  const path = instancePath.split('/').filter((step) => step !== '');
  const unknown = Array.isArray(params?.keys) ? params.keys.slice(0, MAX_FIELDS).map(String) : [];
  if (unknown.length > 0) {
    return unknown.map((key) => ({
      field: [...path, key].join('.').slice(0, 200),
      message: 'is not known here',
    }));
  }
  return [{ field: path.join('.').slice(0, 200) || 'request', message: message ?? 'does not fit' }];
}

function ofType(type: FailureType) {
  const { http, title } = FAILURES[type];
  return { type: `urn:mailroom:failure:${type}`, title, status: http };
}

function readStatus(error: unknown): number {
  if (typeof error !== 'object' || error === null || !('statusCode' in error)) return 500;
  return typeof error.statusCode === 'number' ? error.statusCode : 500;
}
