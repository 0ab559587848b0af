import { toBatchAnswer } from '../answers/to-batch-answer.ts';
import type { ApiServer } from '../api-server.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { cancelBatch } from '../operations/cancel-batch.ts';
import { pauseBatch } from '../operations/pause-batch.ts';
import { resumeBatch } from '../operations/resume-batch.ts';
import { tuneBatch } from '../operations/tune-batch.ts';
import { Batch, BatchTuning } from '../schemas/batch.ts';
import { IdParams } from '../schemas/id-params.ts';
import { problemAnswers } from '../schemas/problem.ts';
import { withoutUndefined } from '../without-undefined.ts';

/** Pause, resume, cancel, tune. The run takes them up by itself, so the answer may still show the state before. */
export function batchControlRoutes(api: ApiServer, deps: ApiDependencies): void {
  const shared = { tags: ['batches'], params: IdParams, response: { 202: Batch, ...problemAnswers } };
  const answer = async (id: string) => toBatchAnswer(await deps.batches.get(id), deps.config);

  api.post(
    '/batches/:id/pause',
    { schema: { ...shared, summary: 'Start nothing new; what runs goes on' } },
    async (request, reply) => {
      await pauseBatch(deps, request.params.id);
      return reply.code(202).send(await answer(request.params.id));
    },
  );

  api.post(
    '/batches/:id/resume',
    { schema: { ...shared, summary: 'Go on with a paused batch, or start one that has no live run' } },
    async (request, reply) => {
      await resumeBatch(deps, request.params.id);
      return reply.code(202).send(await answer(request.params.id));
    },
  );

  api.post(
    '/batches/:id/cancel',
    { schema: { ...shared, summary: 'Start nothing new, cancel what runs, and end' } },
    async (request, reply) => {
      await cancelBatch(deps, request.params.id);
      return reply.code(202).send(await answer(request.params.id));
    },
  );

  api.post(
    '/batches/:id/tune',
    {
      schema: {
        ...shared,
        summary: 'Change concurrency or priority of what is not started',
        body: BatchTuning,
      },
    },
    async (request, reply) => {
      await tuneBatch(deps, request.params.id, withoutUndefined(request.body));
      return reply.code(202).send(await answer(request.params.id));
    },
  );
}
