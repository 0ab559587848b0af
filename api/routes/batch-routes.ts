import { toBatchAnswer } from '../answers/to-batch-answer.ts';
import type { ApiServer } from '../api-server.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { findLiveBatch } from '../operations/find-live-batch.ts';
import { startBatch } from '../operations/start-batch.ts';
import { storeBatch } from '../operations/store-batch.ts';
import { decodeCursor } from '../paging/cursor.ts';
import { toPage } from '../paging/to-page.ts';
import { Batch, BatchDetail, BatchPage, BatchQuery, NewBatch } from '../schemas/batch.ts';
import { IdParams } from '../schemas/id-params.ts';
import { problemAnswers } from '../schemas/problem.ts';

/** Starts, lists and inspects batches. */
export function batchRoutes(api: ApiServer, deps: ApiDependencies): void {
  const tags = ['batches'];

  api.post(
    '/batches',
    {
      bodyLimit: deps.config.limits.maxBodyBytes,
      schema: {
        tags,
        summary: 'Import messages: posted, from a path on the server, or from a SQL query',
        body: NewBatch,
        response: { 202: Batch, ...problemAnswers },
      },
    },
    async (request, reply) => {
      const row = await storeBatch(deps, request.body);
      reply.header('location', `/api/batches/${row.id}`);
      await startBatch(deps, row);
      return reply.code(202).send(toBatchAnswer(row, deps.config));
    },
  );

  api.get(
    '/batches',
    {
      schema: {
        tags,
        summary: 'Imports and pulls, newest first',
        querystring: BatchQuery,
        response: { 200: BatchPage, ...problemAnswers },
      },
    },
    async (request) => {
      const { limit, cursor, accountId } = request.query;
      const key = cursor === undefined ? undefined : decodeCursor(cursor, 'string');
      const rows = await deps.batches.list({
        limit: limit + 1,
        ...(accountId === undefined ? {} : { accountId }),
        ...(key === undefined ? {} : { after: { createdAt: key.at, id: key.id } }),
      });
      const toItem = (row: (typeof rows)[number]) => toBatchAnswer(row, deps.config);
      return toPage(rows, limit, (row) => ({ at: row.createdAt, id: row.id }), toItem);
    },
  );

  api.get(
    '/batches/:id',
    {
      schema: {
        tags,
        summary: 'One batch with its totals and what its run says',
        params: IdParams,
        response: { 200: BatchDetail, ...problemAnswers },
      },
    },
    async (request) => {
      const row = await deps.batches.get(request.params.id);
      return { ...toBatchAnswer(row, deps.config), ...(await findLiveBatch(deps, row)) };
    },
  );
}
