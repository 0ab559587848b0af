import { toMessageAnswer } from '../answers/to-message-answer.ts';
import { toMessageDetail } from '../answers/to-message-detail.ts';
import type { ApiServer } from '../api-server.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { findRun } from '../operations/find-run.ts';
import { decodeCursor } from '../paging/cursor.ts';
import { toPage } from '../paging/to-page.ts';
import { IdParams } from '../schemas/id-params.ts';
import { Conversation, MessageDetail, MessagePage, MessageQuery } from '../schemas/message.ts';
import { problemAnswers } from '../schemas/problem.ts';
import { withoutUndefined } from '../without-undefined.ts';

const MAX_CONVERSATION = 200;

/** Lists, searches and reads messages. */
export function messageReadRoutes(api: ApiServer, deps: ApiDependencies): void {
  const tags = ['messages'];

  api.get(
    '/messages',
    {
      schema: {
        tags,
        summary: 'List, filter and search messages, newest first',
        querystring: MessageQuery,
        response: { 200: MessagePage, ...problemAnswers },
      },
    },
    async (request) => {
      const { limit, cursor, q, ...filter } = request.query;
      const key = cursor === undefined ? undefined : decodeCursor(cursor, 'string');
      const rows = await deps.messageList.list({
        ...withoutUndefined(filter),
        limit: limit + 1,
        ...(q === undefined ? {} : { search: q }),
        ...(key === undefined ? {} : { after: { receivedAt: key.at, id: key.id } }),
      });
      return toPage(rows, limit, (row) => ({ at: row.receivedAt, id: row.id }), toMessageAnswer);
    },
  );

  api.get(
    '/messages/:id',
    {
      schema: {
        tags,
        summary: 'One message with its body, analysis, draft, sync and run',
        params: IdParams,
        response: { 200: MessageDetail, ...problemAnswers },
      },
    },
    async (request) => {
      const { id } = request.params;
      const row = await deps.messageList.get(id);
      const [draft, partnerSync, run, bouncedReply] = await Promise.all([
        deps.drafts.findByMessage(id),
        deps.partnerSyncs.find(id),
        findRun(deps, row),
        row.automatic === 'bounce' ? deps.bounces.findReply(id) : undefined,
      ]);
      return toMessageDetail({ row, draft, partnerSync, run, bouncedReply });
    },
  );

  api.get(
    '/messages/:id/conversation',
    {
      schema: {
        tags,
        summary: 'The messages that belong together, oldest first',
        params: IdParams,
        response: { 200: Conversation, ...problemAnswers },
      },
    },
    async (request) => {
      const row = await deps.messageList.get(request.params.id);
      const { conversationId } = row;
      const rows =
        conversationId === null
          ? [row]
          : await deps.messageList.listConversation(conversationId, MAX_CONVERSATION);
      return { conversationId, items: rows.map(toMessageAnswer) };
    },
  );
}
