import type { FastifyRequest } from 'fastify';
import type { ApiServer } from '../api-server.ts';
import { isSameKey } from './is-same-key.ts';
import { sendProblem } from './send-problem.ts';

/** Asks for the API key, before a body is read. Without a configured key the loopback guard stands alone. */
export function registerAuthentication(api: ApiServer, apiKey: string | undefined): void {
  if (apiKey === undefined) return;
  api.addHook('onRequest', async (request, reply) => {
    const given = readKey(request);
    if (given !== undefined && isSameKey(given, apiKey)) return;
    reply.header('www-authenticate', 'Bearer realm="mailroom"');
    return sendProblem(reply, {
      type: 'urn:mailroom:failure:Unauthorized',
      title: 'The API key is missing or wrong',
      status: 401,
      detail: given === undefined ? 'The request carries no API key' : 'The API key is not the right one',
      fix: 'Send `Authorization: Bearer <MAILROOM_API_KEY>` or `X-API-Key: <MAILROOM_API_KEY>`.',
      requestId: request.id,
    });
  });
}

function readKey(request: FastifyRequest): string | undefined {
  const bearer = /^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? '')?.[1];
  if (bearer !== undefined) return bearer;
  const header = request.headers['x-api-key'];
  return typeof header === 'string' && header !== '' ? header : undefined;
}
