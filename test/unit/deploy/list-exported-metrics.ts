import type { ApiDependencies } from '../../../api/dependencies.ts';
import { createMetrics } from '../../../api/metrics/create-metrics.ts';
import { ACCOUNT } from '../../activities/support/fake-dependencies.ts';

const WAIT = { until: new Date(Date.now() + 60_000), reason: 'Come back later' };
const AUDIT = { missing: 2, healed: 1, finishedAt: new Date() };

/** Every metric that the API exports, with its labels, of a mail room that holds one account. */
export async function listExportedMetrics(): Promise<ReadonlyMap<string, readonly string[]>> {
  const deps = {
    accounts: { list: async () => [ACCOUNT] },
    accountFacts: { count: async () => new Map([[ACCOUNT.id, { createdAt: new Date(), wait: WAIT }]]) },
    messageList: { count: async () => ({ byState: {} }) },
    batches: { list: async () => [] },
    quarantine: { countOpen: async () => 0 },
    spending: { listToday: async () => new Map() },
    audits: { listLatest: async () => new Map([[ACCOUNT.id, AUDIT]]) },
    countAnswers: () => [],
    config: { modelTokensPerDay: 1 },
  } as unknown as ApiDependencies;
  const metrics = createMetrics(deps);
  metrics.countWebhook('graph', 'forged');
  try {
    const samples = [...(await metrics.render()).matchAll(/^(mail\w*)(?:\{(.*)\})? /gm)];
    return new Map(
      samples.map(([, name = '', labels = '']) => [
        name,
        [...labels.matchAll(/(\w+)=/g)].map(([, label = '']) => label),
      ]),
    );
  } finally {
    metrics.close();
  }
}
