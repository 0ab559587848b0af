import type { FastifyRequest } from 'fastify';
import { isLoopbackHost } from '../../src/domain/is-loopback-host.ts';
import { ServiceError } from '../../src/domain/service-error.ts';
import type { ApiServer } from '../api-server.ts';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);
const FIX = 'Open it as http://127.0.0.1 or http://localhost, or set MAILROOM_API_KEY.';

/**
 * Stands in for a key on a loopback server. Host: a name that was re-pointed to 127.0.0.1 (DNS rebinding) is
 * refused. Origin and Sec-Fetch-Site: a page of another origin, another local port too, may not write (CSRF).
 */
export function registerLoopbackGuard(app: ApiServer): void {
  app.addHook('onRequest', async (request) => {
    const host = request.headers.host ?? '';
    if (!isLoopbackHost(host.replace(/:\d{1,5}$/, ''))) {
      throw new ServiceError('PermissionDenied', 'Without an API key only this machine is served', {
        fix: FIX,
      });
    }
    if (!SAFE_METHODS.has(request.method) && isFromElsewhere(request, host)) {
      throw new ServiceError('PermissionDenied', 'A page of another origin may not change anything', {
        fix: FIX,
      });
    }
  });
}

function isFromElsewhere(request: FastifyRequest, host: string): boolean {
  const { origin } = request.headers;
  if (origin !== undefined && origin.toLowerCase() !== `http://${host.toLowerCase()}`) return true;
  const site = request.headers['sec-fetch-site'];
  return site !== undefined && site !== 'same-origin' && site !== 'none';
}
