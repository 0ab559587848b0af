import { ServiceError } from '../../src/domain/service-error.ts';
import type { ApiServer } from '../api-server.ts';
import type { ApiDependencies } from '../dependencies.ts';
import type { CountWebhook } from '../metrics/add-webhook-counter.ts';
import { acceptGmailNotification } from '../operations/accept-gmail-notification.ts';
import { sendProblem } from '../plugins/send-problem.ts';

const MAX_BODY_BYTES = 64 * 1024;

/** Notifications of Gmail by Pub/Sub. Without the API key: Google's token proves them, before a body is read. */
export function webhookGmailRoutes(hooks: ApiServer, deps: ApiDependencies, count: CountWebhook): void {
  hooks.post(
    '/gmail',
    {
      bodyLimit: MAX_BODY_BYTES,
      schema: { hide: true },
      onRequest: async (request, reply) => {
        if (deps.verifyGmailPush === undefined) throw notSetUp();
        if (await deps.verifyGmailPush(request.headers.authorization)) return;
        count('gmail', 'forged');
        return sendProblem(reply, {
          type: 'urn:mailroom:failure:Unauthorized',
          title: 'This does not come from Google',
          status: 401,
          detail: 'The request carries no token of the push subscription that is set up here',
          requestId: request.id,
        });
      },
    },
    async (request, reply) => {
      await acceptGmailNotification(deps, count, request.body);
      return reply.code(204).send();
    },
  );
}

function notSetUp(): ServiceError {
  return new ServiceError('NotFound', 'Notifications of Gmail are not set up here', {
    fix: 'Set MAILROOM_GMAIL_PUSH_AUDIENCE and MAILROOM_GMAIL_PUSH_SERVICE_ACCOUNT as in the push subscription.',
  });
}
