import { removalWorkflowId } from '../../src/contract/workflow-ids.ts';
import { createAccountAnswers } from '../answers/create-account-answers.ts';
import { toWorkflowUrl } from '../answers/to-workflow-url.ts';
import type { ApiServer } from '../api-server.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { addAccount } from '../operations/add-account.ts';
import { changeAccount } from '../operations/change-account.ts';
import { removeAccount } from '../operations/remove-account.ts';
import { withAllowedFolder } from '../operations/with-allowed-folder.ts';
import { Account, AccountList, NewAccount, RemovalAnswer, RemovalQuery } from '../schemas/account.ts';
import { AccountChange } from '../schemas/account-settings.ts';
import { IdParams } from '../schemas/id-params.ts';
import { problemAnswers } from '../schemas/problem.ts';
import { accountConnectionRoutes } from './account-connection-routes.ts';
import { accountControlRoutes } from './account-control-routes.ts';

/** Mailboxes: list, add, change, remove; and what else may be done with them. */
export function accountRoutes(api: ApiServer, deps: ApiDependencies): void {
  const tags = ['accounts'];
  const answers = createAccountAnswers(deps);
  const ofOne = { tags, params: IdParams };

  api.get(
    '/accounts',
    { schema: { tags, summary: 'All accounts', response: { 200: AccountList, ...problemAnswers } } },
    async () => ({ items: await answers.list() }),
  );

  api.get(
    '/accounts/:id',
    { schema: { ...ofOne, summary: 'One account', response: { 200: Account, ...problemAnswers } } },
    async (request) => answers.get(request.params.id),
  );

  api.post(
    '/accounts',
    {
      schema: {
        tags,
        summary: 'Add an account; its secret is stored encrypted and never shown again',
        body: NewAccount,
        response: { 201: Account, ...problemAnswers },
      },
    },
    async (request, reply) => {
      reply.header('location', `/api/accounts/${request.body.id}`);
      await addAccount(deps, await withAllowedFolder(request.body, deps.config.importRoots));
      return reply.code(201).send(await answers.get(request.body.id));
    },
  );

  api.patch(
    '/accounts/:id',
    {
      schema: {
        ...ofOne,
        summary: 'Change settings; what is left out stays as it is',
        body: AccountChange,
        response: { 200: Account, ...problemAnswers },
      },
    },
    async (request) => {
      await changeAccount(deps, request.params.id, request.body);
      return answers.get(request.params.id);
    },
  );

  api.delete(
    '/accounts/:id',
    {
      schema: {
        ...ofOne,
        summary: 'Read it no more; data=delete deletes its mail too, which needs confirm=<id>',
        querystring: RemovalQuery,
        response: { 200: Account, 202: RemovalAnswer, ...problemAnswers },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      await removeAccount(deps, id, request.query);
      if (request.query.data === 'keep') return reply.code(200).send(await answers.get(id));
      const workflowId = removalWorkflowId(id);
      const workflowUrl = toWorkflowUrl(deps.config, workflowId);
      return reply.code(202).send({ accountId: id, workflowId, workflowUrl });
    },
  );

  accountConnectionRoutes(api, deps, answers);
  accountControlRoutes(api, deps, answers);
}
