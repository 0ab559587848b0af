import type { FastifyRequest } from 'fastify';
import { isLoopbackHost } from '../../src/domain/is-loopback-host.ts';
import { ServiceError } from '../../src/domain/service-error.ts';
import type { ApiServer } from '../api-server.ts';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);
const FIX = 'Open it as http://127.0.0.1 or http://localhost, or set MAILROOM_API_KEY.';

/** What others call from outside; these routes check by themselves who calls. */
const OUTSIDE = /^\/(?:webhooks|oauth)\//;

/** What proxies and tunnels add. Some of them call us by a loopback name, whoever called them. */
const FORWARDED = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip'];

/**
 * Stands in for a key on a loopback server. Host: a name that was re-pointed to 127.0.0.1 (DNS rebinding) is
 * refused. Origin and Sec-Fetch-Site: a page of another origin, another local port too, may not write (CSRF).
 * The host of `publicUrl`, and whoever comes through a proxy, is served what is called from outside, and nothing else.
 */
export function registerLoopbackGuard(app: ApiServer, publicUrl: string | undefined): void {
  const publicHost = publicUrl === undefined ? undefined : new URL(publicUrl).host;
  app.addHook('onRequest', async (request) => {
    const host = request.headers.host ?? '';
    // By the route that answers, not by the address as it was written.
    const isOutside = OUTSIDE.test(request.routeOptions.url ?? '');
    if (isOutside && publicHost !== undefined && host.toLowerCase() === publicHost) return;
    const isForwarded = FORWARDED.some((name) => request.headers[name] !== undefined);
    if ((isForwarded && !isOutside) || !isLoopbackHost(host.replace(/:\d{1,5}$/, ''))) {
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
