import { pullWorkflowId } from '../../src/contract/workflow-ids.ts';
import { toAccountAnswer } from '../answers/to-account-answer.ts';
import { toWorkflowUrl } from '../answers/to-workflow-url.ts';
import type { ApiServer } from '../api-server.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { addAccount } from '../operations/add-account.ts';
import { pauseAccount } from '../operations/pause-account.ts';
import { pullAccount } from '../operations/pull-account.ts';
import { resumeAccount } from '../operations/resume-account.ts';
import {
  Account,
  AccountList,
  ModelBudgetBody,
  NewAccount,
  PauseBody,
  PullAnswer,
} from '../schemas/account.ts';
import { IdParams } from '../schemas/id-params.ts';
import { problemAnswers } from '../schemas/problem.ts';

/** Mailboxes: list, add, pull now, pause, resume. */
export function accountRoutes(api: ApiServer, deps: ApiDependencies): void {
  const tags = ['accounts'];
  const usual = deps.config.modelTokensPerDay;
  const answer = async (id: string) => {
    const [account, spent] = await Promise.all([deps.accounts.get(id), deps.spending.listToday()]);
    return toAccountAnswer(account, spent.get(id), usual);
  };
  const ofOne = { tags, params: IdParams };

  api.get(
    '/accounts',
    { schema: { tags, summary: 'All accounts', response: { 200: AccountList, ...problemAnswers } } },
    async () => {
      const [accounts, spent] = await Promise.all([deps.accounts.list(), deps.spending.listToday()]);
      return { items: accounts.map((account) => toAccountAnswer(account, spent.get(account.id), usual)) };
    },
  );

  api.get(
    '/accounts/:id',
    { schema: { ...ofOne, summary: 'One account', response: { 200: Account, ...problemAnswers } } },
    async (request) => answer(request.params.id),
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
      await addAccount(deps, request.body);
      return reply.code(201).send(await answer(request.body.id));
    },
  );

  api.post(
    '/accounts/:id/pull',
    { schema: { ...ofOne, summary: 'Pull now', response: { 202: PullAnswer, ...problemAnswers } } },
    async (request, reply) => {
      const { id } = request.params;
      await pullAccount(deps, id);
      const workflowId = pullWorkflowId(id);
      return reply.code(202).send({ workflowId, workflowUrl: toWorkflowUrl(deps.config, workflowId) });
    },
  );

  registerChanges(api, deps, answer);
}

function registerChanges(
  api: ApiServer,
  deps: ApiDependencies,
  answer: (id: string) => Promise<ReturnType<typeof toAccountAnswer>>,
): void {
  const shared = { tags: ['accounts'], params: IdParams, response: { 200: Account, ...problemAnswers } };

  api.post(
    '/accounts/:id/pause',
    { schema: { ...shared, summary: 'Pull nothing until it is resumed', body: PauseBody } },
    async (request) => {
      await pauseAccount(deps, request.params.id, request.body.reason);
      return answer(request.params.id);
    },
  );

  api.put(
    '/accounts/:id/model-budget',
    { schema: { ...shared, summary: 'What models may read and write for it a day', body: ModelBudgetBody } },
    async (request) => {
      const { id } = request.params;
      await deps.accounts.get(id);
      await deps.accounts.changeModelBudget(id, request.body.tokensPerDay ?? undefined);
      return answer(id);
    },
  );

  api.post(
    '/accounts/:id/resume',
    { schema: { ...shared, summary: 'Pull again; makes a schedule that is missing' } },
    async (request) => {
      await resumeAccount(deps, request.params.id);
      return answer(request.params.id);
    },
  );
}
