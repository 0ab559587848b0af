import { describe, expect, test } from 'vitest';
import { ServiceError } from '../../../src/domain/service-error.ts';
import { toJson2Error } from '../../../src/odoo/to-json2-error.ts';
import { toServiceError } from '../../../src/odoo/to-service-error.ts';

const context = { secret: 'S3cret!' };
const fault = (faultCode: number, faultString: string) =>
  toServiceError(
    Object.assign(new Error(`XML-RPC fault: ${faultString}`), { faultCode, faultString }),
    context,
  );

/** As Odoo 19 sent them. */
const TRACEBACK = `Traceback (most recent call last):
  File "/usr/lib/python3/dist-packages/odoo/addons/rpc/controllers/xmlrpc.py", line 162, in xmlrpc_2
    response = self._xmlrpc(service)
               ^^^^^^^^^^^^^^^^^^^^^
`;
const NO_DATABASE = `${TRACEBACK}psycopg2.OperationalError: connection to server at "127.0.0.1", port 5432 failed: FATAL:  database "nope" does not exist

`;
const NO_POSTGRES = `${TRACEBACK}psycopg2.OperationalError: connection to server at "127.0.0.1", port 5432 failed: Connection refused
\tIs the server running on that host and accepting TCP/IP connections?
`;
const NO_LEADS = `You are not allowed to create 'Lead' (crm.lead) records.

This operation is allowed for the following groups:
\t- Sales/Administrator`;

describe('toServiceError', () => {
  test.each([
    [1, `${TRACEBACK}ValueError: Wrong value for res.partner.type: 'zzz'\n`, 'Rejected'],
    [1, `${TRACEBACK}AttributeError: The method 'res.partner.frobnicate' does not exist\n`, 'Rejected'],
    [1, `${TRACEBACK}ZeroDivisionError: division by zero\n`, 'Internal'],
    [1, `${TRACEBACK}psycopg2.errors.SerializationFailure: could not serialize access\n`, 'Unavailable'],
    [1, NO_POSTGRES, 'Unavailable'],
    [1, NO_DATABASE, 'NotFound'],
    [1, '', 'Internal'],
    [2, 'The operation cannot be completed: a name is needed', 'Rejected'],
    [2, 'Record does not exist or has been deleted.\n(Record: res.partner(99999,), User: 2)', 'NotFound'],
    [2, "Object crm.lead doesn't exist", 'NotFound'],
    [3, 'Access Denied', 'AuthenticationFailed'],
    [4, NO_LEADS, 'PermissionDenied'],
    [4, "Private methods (such as 'res.partner._x') cannot be called remotely.", 'PermissionDenied'],
    [77, 'whatever', 'Internal'],
  ])('fault %i %j is %s', (code, text, type) => {
    const error = fault(code, text);
    expect(error).toBeInstanceOf(ServiceError);
    expect(error.type).toBe(type);
  });

  test('tells an unhandled exception by its own line, without paths of the server', () => {
    const error = fault(1, NO_POSTGRES);
    expect(error.message).toContain('psycopg2.OperationalError: connection to server');
    expect(error.message).not.toContain('dist-packages');
  });

  test('shows neither the secret nor addresses, and keeps no cause that holds them', () => {
    const error = fault(2, `Wrong S3cret! for ada@example.org\u0000 ${'x'.repeat(5_000)}`);
    expect(error.message).toContain('Wrong *** for <address>');
    expect(error.message.length).toBeLessThan(330);
    expect(error.cause).toBeUndefined();
  });

  test.each([
    [301, 'Unavailable'],
    [401, 'AuthenticationFailed'],
    [403, 'PermissionDenied'],
    [404, 'Unavailable'],
    [413, 'Rejected'],
    [429, 'RateLimited'],
    [500, 'Unavailable'],
    [502, 'Unavailable'],
    [503, 'Unavailable'],
  ])('HTTP %i is %s', (statusCode, type) => {
    const error = Object.assign(new Error("Unknown XML-RPC tag 'HTML'"), {
      res: { statusCode, headers: {} },
    });
    expect(toServiceError(error, context).type).toBe(type);
  });

  test('takes the time to wait from Retry-After, in seconds or as a date', () => {
    const at = (retryAfter: string) => {
      const res = { statusCode: 429, headers: { 'retry-after': retryAfter } };
      return toServiceError(Object.assign(new Error('x'), { res }), context).retryAfterMs;
    };
    expect(at('7')).toBe(7_000);
    expect(at(new Date(Date.now() + 60_000).toUTCString())).toBeGreaterThan(50_000);
    expect(at('soon')).toBeUndefined();
  });

  test.each(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'ETIMEDOUT', 'CERT_HAS_EXPIRED'])(
    '%s is Unavailable',
    (code) => {
      const error = toServiceError(Object.assign(new Error(code), { code }), context);
      expect(error).toMatchObject({ type: 'Unavailable', details: { code } });
    },
  );

  test('leaves a ServiceError as it is', () => {
    const error = new ServiceError('Conflict', 'x');
    expect(toServiceError(error, context)).toBe(error);
  });
});

describe('toJson2Error', () => {
  const json = (status: number, name: string, message: string) =>
    toJson2Error({ status, headers: new Headers() }, JSON.stringify({ name, message }), context).type;

  test.each([
    [401, 'werkzeug.exceptions.Unauthorized', 'Invalid apikey', 'AuthenticationFailed'],
    [403, 'odoo.exceptions.AccessError', NO_LEADS, 'PermissionDenied'],
    [404, 'odoo.exceptions.MissingError', 'Record does not exist or has been deleted.', 'NotFound'],
    [404, 'werkzeug.exceptions.NotFound', "the model 'crm.lead' does not exist", 'NotFound'],
    [422, 'odoo.exceptions.ValidationError', 'A name is needed', 'Rejected'],
    [422, 'werkzeug.exceptions.UnprocessableEntity', 'missing a required argument', 'Rejected'],
    [500, 'builtins.ValueError', 'Invalid field res.partner.zork', 'Rejected'],
    [500, 'psycopg2.errors.SerializationFailure', 'could not serialize access', 'Unavailable'],
    [500, 'builtins.ZeroDivisionError', 'division by zero', 'Internal'],
  ])('%i %s %j is %s', (status, name, message, type) => {
    expect(json(status, name, message)).toBe(type);
  });

  test('tells a missing database from a proxy without Odoo', () => {
    const html = (body: string) => toJson2Error({ status: 404, headers: new Headers() }, body, context).type;
    expect(html('<p>No database is selected and the requested URL was not found')).toBe('NotFound');
    expect(html('<h1>nginx</h1>')).toBe('Unavailable');
  });
});
