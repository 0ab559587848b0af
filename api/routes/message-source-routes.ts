import { z } from 'zod';
import type { ApiServer } from '../api-server.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { IdParams } from '../schemas/id-params.ts';
import { problemAnswers } from '../schemas/problem.ts';

const Bytes = z.custom<Buffer>().meta({ type: 'string', format: 'binary' });

/** Downloads the stored bytes. Never shown inline: a message may hold a page that runs scripts. */
export function messageSourceRoutes(
  api: ApiServer,
  deps: Pick<ApiDependencies, 'messages' | 'sealer'>,
): void {
  api.get(
    '/messages/:id/source',
    {
      schema: {
        tags: ['messages'],
        summary: 'The message as it came: RFC 5322 bytes, as a download',
        params: IdParams,
        response: {
          200: { description: 'The bytes', content: { 'message/rfc822': { schema: Bytes } } },
          ...problemAnswers,
        },
      },
    },
    async (request, reply) => {
      const { sha256, sealed } = await deps.messages.getSource(request.params.id);
      const bytes = deps.sealer.open(sealed, `source/bytes/${sha256}`);
      return reply
        .type('message/rfc822')
        .header('content-disposition', `attachment; filename="${sha256.slice(0, 16)}.eml"`)
        .send(Buffer.from(bytes));
    },
  );
}
