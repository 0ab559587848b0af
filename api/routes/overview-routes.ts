import type { ApiServer } from '../api-server.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { rememberFor } from '../remember-for.ts';
import { Overview, OverviewQuery } from '../schemas/overview.ts';
import { problemAnswers } from '../schemas/problem.ts';

/** Counting reads a whole index: every open dashboard shares one count a second. */
const KEPT_MS = 1_000;

export function overviewRoutes(
  api: ApiServer,
  deps: Pick<ApiDependencies, 'messageList' | 'quarantine' | 'config'>,
): void {
  const count = rememberFor(KEPT_MS, () =>
    Promise.all([
      deps.messageList.count(),
      deps.quarantine.countOpen(),
      deps.messageList.countNeedingPerson(),
    ]),
  );
  api.get(
    '/overview',
    {
      schema: {
        tags: ['overview'],
        summary: 'Counts, throughput by minute, and what waits for a person',
        querystring: OverviewQuery,
        response: { 200: Overview, ...problemAnswers },
      },
    },
    async (request) => {
      const [[counts, quarantineOpen, needPerson], throughput] = await Promise.all([
        count(),
        deps.messageList.countByMinute(request.query.minutes),
      ]);
      const { total, ...byDimension } = counts;
      return {
        messages: total,
        ...byDimension,
        throughput,
        quarantineOpen,
        needPerson,
        pendingDrafts: counts.byState['awaiting-approval'] ?? 0,
        temporalUiUrl: deps.config.temporalUiUrl ?? null,
      };
    },
  );
}
