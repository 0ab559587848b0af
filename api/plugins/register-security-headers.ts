import type { ApiServer } from '../api-server.ts';

/** The dashboard: its own files only, nothing inline, no foreign frame. */
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Answers that are no pages: nothing in them may load or run anything. */
const DATA_POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox";

const HEADERS = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
};

/** Sets the headers of every answer. /docs brings a policy of its own: its page sets styles inline. */
export function registerSecurityHeaders(app: ApiServer): void {
  app.addHook('onSend', async (request, reply) => {
    reply.headers(HEADERS);
    reply.header('x-request-id', request.id);
    const isData = /^\/(api|health|metrics|webhooks)(\/|\?|$)/.test(request.url);
    if (isData) reply.header('cache-control', 'no-store');
    if (!reply.hasHeader('content-security-policy')) {
      reply.header('content-security-policy', isData ? DATA_POLICY : PAGE_POLICY);
    }
  });
}
