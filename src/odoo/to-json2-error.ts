import { isObject } from '../domain/is-object.ts';
import { parseJson } from '../domain/parse-json.ts';
import { ServiceError } from '../domain/service-error.ts';
import { toFaultError } from './to-fault-error.ts';
import { toPythonError } from './to-python-error.ts';
import { toStatusError } from './to-status-error.ts';

interface Json2Failure {
  readonly name: string;
  readonly message: string;
}

function parseFailure(body: string): Json2Failure | undefined {
  const value = parseJson(body);
  if (!isObject(value) || !('name' in value)) return undefined;
  return { name: String(value.name), message: 'message' in value ? String(value.message) : '' };
}

/** `{name, message, …}` of JSON-2, told by the exception's class first: the status alone mixes several. */
export function toJson2Error(
  answer: { readonly status: number; readonly headers: Headers },
  body: string,
  context: { readonly secret: string },
): ServiceError {
  const failure = parseFailure(body);
  const retryAfter = answer.headers.get('retry-after') ?? undefined;
  if (failure === undefined || failure.name.startsWith('werkzeug.')) {
    const missing =
      answer.status === 404 && (failure !== undefined || body.includes('No database is selected'));
    return missing ? toMissingError() : toStatusError({ status: answer.status, retryAfter });
  }
  const text = failure.message;
  switch (failure.name.replace('odoo.exceptions.', '')) {
    case 'AccessDenied':
      return toFaultError({ code: 3, text }, context);
    case 'AccessError':
      return toFaultError({ code: 4, text }, context);
    case 'MissingError':
    case 'UserError':
    case 'ValidationError':
    case 'RedirectWarning':
      return toFaultError({ code: 2, text }, context);
    default:
      return toPythonError(`${failure.name.replace('builtins.', '')}: ${text}`, context);
  }
}

/** A model, method or database; a 404 of anything but Odoo is none of these. */
function toMissingError(): ServiceError {
  return new ServiceError('NotFound', 'Odoo has no such model, method or database', {
    fix: 'Check ODOO_DATABASE, and that the CRM and Contacts apps are installed',
  });
}
