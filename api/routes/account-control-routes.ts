import { pullWorkflowId } from '../../src/contract/workflow-ids.ts';
import type { AccountAnswers } from '../answers/create-account-answers.ts';
import { toWorkflowUrl } from '../answers/to-workflow-url.ts';
import type { ApiServer } from '../api-server.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { pauseAccount } from '../operations/pause-account.ts';
import { pullAccount } from '../operations/pull-account.ts';
import { resumeAccount } from '../operations/resume-account.ts';
import { Account, ModelBudgetBody, PauseBody, PullAnswer } from '../schemas/account.ts';
import { IdParams } from '../schemas/id-params.ts';
import { problemAnswers } from '../schemas/problem.ts';

/** Pull now, pause, resume, the budget for models. */
export function accountControlRoutes(api: ApiServer, deps: ApiDependencies, answers: AccountAnswers): void {
  const ofOne = { tags: ['accounts'], params: IdParams };
  const shared = { ...ofOne, response: { 200: Account, ...problemAnswers } };

  api.post(
    '/accounts/:id/pull',
    {
      schema: {
        ...ofOne,
        summary: 'Pull now, also before a wait is over that its provider asked for',
        response: { 202: PullAnswer, ...problemAnswers },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      await pullAccount(deps, id);
      const workflowId = pullWorkflowId(id);
      return reply.code(202).send({ workflowId, workflowUrl: toWorkflowUrl(deps.config, workflowId) });
    },
  );

  api.post(
    '/accounts/:id/pause',
    { schema: { ...shared, summary: 'Pull nothing until it is resumed', body: PauseBody } },
    async (request) => {
      await pauseAccount(deps, request.params.id, request.body.reason);
      return answers.get(request.params.id);
    },
  );

  api.put(
    '/accounts/:id/model-budget',
    { schema: { ...shared, summary: 'What models may read and write for it a day', body: ModelBudgetBody } },
    async (request) => {
      const { id } = request.params;
      await deps.accounts.get(id);
      await deps.accounts.changeModelBudget(id, request.body.tokensPerDay ?? undefined);
      return answers.get(id);
    },
  );

  api.post(
    '/accounts/:id/resume',
    {
      schema: {
        ...shared,
        summary:
          'Pull again, at once, also before a wait is over that its provider asked for; makes a schedule that is missing',
      },
    },
    async (request) => {
      await resumeAccount(deps, request.params.id);
      return answers.get(request.params.id);
    },
  );
}
