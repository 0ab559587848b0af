import { toQuarantineAnswer } from '../answers/to-quarantine-answer.ts';
import type { ApiServer } from '../api-server.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { retryAllQuarantined } from '../operations/retry-all-quarantined.ts';
import { retryQuarantined } from '../operations/retry-quarantined.ts';
import { skipQuarantined } from '../operations/skip-quarantined.ts';
import { decodeCursor } from '../paging/cursor.ts';
import { toPage } from '../paging/to-page.ts';
import { ControlBody } from '../schemas/message.ts';
import { problemAnswers } from '../schemas/problem.ts';
import {
  MAX_RETRIES_A_CALL,
  QuarantineEntry,
  QuarantinePage,
  QuarantineParams,
  QuarantineQuery,
  RetryAllAnswer,
  RetryAllBody,
} from '../schemas/quarantine.ts';
import { withoutUndefined } from '../without-undefined.ts';

/** What failed for good: list, run again, skip. */
export function quarantineRoutes(api: ApiServer, deps: ApiDependencies): void {
  const tags = ['quarantine'];
  const ofOne = { tags, params: QuarantineParams, response: { 202: QuarantineEntry, ...problemAnswers } };
  const answer = async (id: number) => toQuarantineAnswer(await deps.quarantine.get(id));

  api.get(
    '/quarantine',
    {
      schema: {
        tags,
        summary: 'Open entries, newest first',
        querystring: QuarantineQuery,
        response: { 200: QuarantinePage, ...problemAnswers },
      },
    },
    async (request) => {
      const { limit, cursor, accountId, open } = request.query;
      const key = cursor === undefined ? undefined : decodeCursor(cursor, 'number');
      const rows = await deps.quarantine.list({
        open: open === 'true',
        limit: limit + 1,
        ...(accountId === undefined ? {} : { accountId }),
        ...(key === undefined ? {} : { after: { createdAt: key.at, id: key.id } }),
      });
      return toPage(rows, limit, (row) => ({ at: row.createdAt, id: row.id }), toQuarantineAnswer);
    },
  );

  api.post(
    '/quarantine/:id/retry',
    {
      schema: {
        ...ofOne,
        summary: 'Run its message again, or let an audit fetch what its mailbox had refused',
      },
    },
    async (request, reply) => {
      await retryQuarantined(deps, await deps.quarantine.get(request.params.id));
      return reply.code(202).send(await answer(request.params.id));
    },
  );

  api.post(
    '/quarantine/:id/skip',
    { schema: { ...ofOne, summary: 'Close it for good', body: ControlBody } },
    async (request, reply) => {
      await skipQuarantined(deps, await deps.quarantine.get(request.params.id), request.body.reason);
      return reply.code(202).send(await answer(request.params.id));
    },
  );

  api.post(
    '/quarantine/retry',
    {
      schema: {
        tags,
        summary: `Run the messages of all open entries again, or fetch what mailboxes had refused, up to ${MAX_RETRIES_A_CALL} a call`,
        body: RetryAllBody,
        response: { 202: RetryAllAnswer, ...problemAnswers },
      },
    },
    async (request, reply) => {
      const { retried, failed } = await retryAllQuarantined(deps, {
        ...withoutUndefined(request.body),
        limit: MAX_RETRIES_A_CALL,
      });
      const remaining = await deps.quarantine.countOpen();
      return reply.code(202).send({ retried, failed: [...failed], remaining });
    },
  );
}
