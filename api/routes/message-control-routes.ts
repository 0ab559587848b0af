import { z } from 'zod';
import type { ApiServer } from '../api-server.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { changeCategory } from '../operations/change-category.ts';
import { changePriority } from '../operations/change-priority.ts';
import { endMessage } from '../operations/end-message.ts';
import { removeMessage } from '../operations/remove-message.ts';
import { retryMessage } from '../operations/retry-message.ts';
import { IdParams } from '../schemas/id-params.ts';
import { CategoryBody, ControlBody, MessageAction, PriorityBody } from '../schemas/message.ts';
import { problemAnswers } from '../schemas/problem.ts';

/** Retry, skip, cancel, reprioritise, put into another category. */
export function messageControlRoutes(api: ApiServer, deps: ApiDependencies): void {
  const shared = {
    tags: ['messages'],
    params: IdParams,
    response: { 202: MessageAction, ...problemAnswers },
  };

  api.post(
    '/messages/:id/retry',
    {
      schema: {
        ...shared,
        summary: 'Run an ended message again, or hurry one that waits for its next attempt',
      },
    },
    async (request, reply) => reply.code(202).send(await retryMessage(deps, request.params.id)),
  );

  api.post(
    '/messages/:id/skip',
    { schema: { ...shared, summary: 'Leave a message as it is', body: ControlBody } },
    async (request, reply) =>
      reply.code(202).send(await endMessage(deps, request.params.id, 'skipped', request.body.reason)),
  );

  api.post(
    '/messages/:id/cancel',
    { schema: { ...shared, summary: 'Stop the run of a message', body: ControlBody } },
    async (request, reply) =>
      reply.code(202).send(await endMessage(deps, request.params.id, 'cancelled', request.body.reason)),
  );

  api.delete(
    '/messages/:id',
    {
      schema: {
        tags: ['messages'],
        params: IdParams,
        summary: 'Delete a message for good; its mailbox does not bring it back',
        response: { 204: z.null().describe('It is deleted'), ...problemAnswers },
      },
    },
    async (request, reply) => {
      await removeMessage(deps, request.params.id, 'api');
      return reply.code(204).send(null);
    },
  );

  api.put(
    '/messages/:id/priority',
    { schema: { ...shared, summary: 'Set the priority; a person’s choice is kept', body: PriorityBody } },
    async (request, reply) =>
      reply.code(202).send(await changePriority(deps, request.params.id, request.body.priority)),
  );

  api.put(
    '/messages/:id/category',
    {
      schema: {
        ...shared,
        summary: 'Set the category; a person’s choice is kept, and the account learns from it',
        body: CategoryBody,
      },
    },
    async (request, reply) =>
      reply.code(202).send(await changeCategory(deps, request.params.id, request.body.category)),
  );
}
