import { ServiceError } from '../../domain/service-error.ts';

const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_(?:VERIFY|GET_ISSUER)|ERR_TLS/;

/** What `fetch` threw. Its own message says only "fetch failed": the reason is in the chain of causes. */
export function toNetworkError(error: unknown, host: string): ServiceError {
  if (error instanceof ServiceError) return error;
  const code = findCode(error);
  if (CERTIFICATE.test(code)) {
    return new ServiceError('InvalidInput', `No secure connection to ${host} (${code}).`, {
      fix: 'Check baseUrl, or start Node with NODE_EXTRA_CA_CERTS naming your own authority.',
      details: { code },
    });
  }
  return new ServiceError('Unavailable', `${host} cannot be reached (${code}).`, {
    fix: 'Check that this machine reaches the host, and its proxy and firewall.',
    details: { code },
  });
}

function findCode(error: unknown): string {
  let found = '';
  let at: unknown = error;
  for (let depth = 0; depth < 5 && at instanceof Error; depth++) {
    const code: unknown = 'code' in at ? at.code : undefined;
    if (typeof code === 'string') found = code;
    else if (found === '' && at.name === 'TimeoutError') found = 'timeout';
    at = at.cause ?? (at instanceof AggregateError ? at.errors[0] : undefined);
  }
  return /^[\w.-]{1,60}$/.test(found) ? found : 'no reason given';
}
