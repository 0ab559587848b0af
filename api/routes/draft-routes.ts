import { toDraftAnswer } from '../answers/to-draft-answer.ts';
import type { ApiServer } from '../api-server.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { decideDraft } from '../operations/decide-draft.ts';
import { decodeCursor } from '../paging/cursor.ts';
import { toPage } from '../paging/to-page.ts';
import { DecisionBody, Draft, DraftPage, DraftQuery, SettleBody } from '../schemas/draft.ts';
import { IdParams } from '../schemas/id-params.ts';
import { problemAnswers } from '../schemas/problem.ts';
import { withoutUndefined } from '../without-undefined.ts';

/** Proposed replies: list, read, decide, settle what is not known to have arrived. */
export function draftRoutes(api: ApiServer, deps: ApiDependencies): void {
  const tags = ['drafts'];
  const ofOne = { tags, params: IdParams, response: { 200: Draft, ...problemAnswers } };

  api.get(
    '/drafts',
    {
      schema: {
        tags,
        summary: 'Drafts, newest first',
        querystring: DraftQuery,
        response: { 200: DraftPage, ...problemAnswers },
      },
    },
    async (request) => {
      const { limit, cursor, ...filter } = request.query;
      const key = cursor === undefined ? undefined : decodeCursor(cursor, 'string');
      const rows = await deps.drafts.list({
        ...withoutUndefined(filter),
        limit: limit + 1,
        ...(key === undefined ? {} : { after: { createdAt: key.at, id: key.id } }),
      });
      return toPage(rows, limit, (row) => ({ at: row.createdAt, id: row.id }), toDraftAnswer);
    },
  );

  api.get('/drafts/:id', { schema: { ...ofOne, summary: 'One draft' } }, async (request) =>
    toDraftAnswer(await deps.drafts.get(request.params.id)),
  );

  api.post(
    '/drafts/:id/approve',
    { schema: { ...ofOne, summary: 'Approve the text with this hash; it is sent', body: DecisionBody } },
    async (request) => toDraftAnswer(await decideDraft(deps, request.params.id, 'approve', request.body)),
  );

  api.post(
    '/drafts/:id/reject',
    { schema: { ...ofOne, summary: 'Reject the draft; nothing is sent', body: DecisionBody } },
    async (request) => toDraftAnswer(await decideDraft(deps, request.params.id, 'reject', request.body)),
  );

  api.post(
    '/drafts/:id/settle',
    {
      schema: {
        ...ofOne,
        summary: 'Say whether an UNKNOWN delivery arrived; it is never sent again',
        body: SettleBody,
      },
    },
    async (request) => {
      const { arrived, by } = request.body;
      await deps.drafts.get(request.params.id);
      await deps.drafts.settleUnknown(request.params.id, arrived ? 'SENT' : 'FAILED', by);
      return toDraftAnswer(await deps.drafts.get(request.params.id));
    },
  );
}
