import { ServiceError } from '../domain/service-error.ts';
import { redact } from './redact.ts';
import { toPythonError } from './to-python-error.ts';

/** `odoo/addons/rpc/controllers/xmlrpc.py`: RPC_FAULT_CODE_*. */
const UNHANDLED = 1;
const WARNING = 2;
const ACCESS_DENIED = 3;
const ACCESS_ERROR = 4;

/** A fault of `/xmlrpc/2`. Its text is English as long as calls carry `lang: en_US`. */
export function toFaultError(
  fault: { readonly code: number; readonly text: string },
  context: { readonly secret: string },
): ServiceError {
  const details = { fault: fault.code };
  const text = redact(fault.text, context.secret);
  switch (fault.code) {
    case UNHANDLED:
      return toPythonError(fault.text, context);
    case WARNING: {
      const missing = /^(Record does not exist|Object \S+ doesn't exist)/.test(text);
      return new ServiceError(missing ? 'NotFound' : 'Rejected', `Odoo refused: ${text}`, {
        details,
        ...(text.startsWith('Object ') ? { fix: 'Install the CRM and Contacts apps in Odoo' } : {}),
      });
    }
    case ACCESS_DENIED:
      return new ServiceError('AuthenticationFailed', 'Odoo refused the password or API key', {
        details,
        fix: 'Check ODOO_USERNAME and ODOO_SECRET',
      });
    case ACCESS_ERROR:
      return new ServiceError('PermissionDenied', `Odoo does not allow it: ${text}`, {
        details,
        fix: 'Give the Odoo user Sales / User and Contact Creation',
      });
    default:
      return new ServiceError('Internal', `Odoo fault ${fault.code}: ${text}`, { details });
  }
}
