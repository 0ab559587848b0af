import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyReply } from 'fastify';
import { ServiceError } from '../../src/domain/service-error.ts';
import type { ApiServer } from '../api-server.ts';
import type { ApiDependencies } from '../dependencies.ts';
import type { CountWebhook } from '../metrics/add-webhook-counter.ts';
import { acceptGraphNotifications } from '../operations/accept-graph-notifications.ts';
import { GraphHandshake, GraphNotifications } from '../schemas/graph-notification.ts';

/** Graph takes three seconds for no answer, and then slows down. */
const ANSWER_MS = 2_000;
/** Anyone may call: what is over this has to come again. */
const MOST_AT_ONCE = 20;
const MAX_BODY_BYTES = 1024 * 1024;
const MAX_TEXT_BYTES = 4_096;

/**
 * Notifications of Microsoft Graph. Without the API key: a notification proves itself by the secret of its
 * subscription. What is refused is answered like the rest, so that nothing is learned by trying.
 */
export function webhookGraphRoutes(hooks: ApiServer, deps: ApiDependencies, count: CountWebhook): void {
  // The handshake comes as text, with a body that says nothing.
  const text = { parseAs: 'string', bodyLimit: MAX_TEXT_BYTES } as const;
  hooks.addContentTypeParser('text/plain', text, (_request, _body, done) => done(null, undefined));

  let underWay = 0;

  for (const path of ['/graph', '/graph/lifecycle']) {
    hooks.post(
      path,
      { bodyLimit: MAX_BODY_BYTES, schema: { hide: true, querystring: GraphHandshake } },
      async (request, reply) => {
        const { validationToken } = request.query;
        if (validationToken !== undefined) return sendBack(reply, validationToken);
        const list = toList(request.body);
        if (underWay >= MOST_AT_ONCE) throw tooMany();
        underWay++;
        const work = acceptGraphNotifications(deps, count, list).finally(() => underWay--);
        const late = sleep(ANSWER_MS, 'late' as const, { ref: false });
        if ((await Promise.race([work, late])) === 'late') {
          work.catch((err: unknown) =>
            request.log.error({ err }, 'A notification was answered and not told'),
          );
        }
        return reply.code(202).send();
      },
    );
  }
}

function toList(body: unknown): readonly unknown[] {
  const parsed = GraphNotifications.safeParse(body);
  if (parsed.success) return parsed.data.value;
  throw new ServiceError('InvalidInput', 'The body is not a list of notifications of Microsoft Graph');
}

function tooMany(): ServiceError {
  return new ServiceError('Unavailable', 'Too many notifications are under way', { retryAfterMs: 1_000 });
}

/** As plain text, which no browser takes for a page: the address may have been written by anyone. */
function sendBack(reply: FastifyReply, token: string): FastifyReply {
  return reply.code(200).type('text/plain; charset=utf-8').serializer(String).send(token);
}
