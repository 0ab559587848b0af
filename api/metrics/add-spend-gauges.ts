import { Gauge, type Registry } from 'prom-client';
import { NOTHING_SPENT } from '../../src/domain/model-budget.ts';
import { ServiceError } from '../../src/domain/service-error.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { rememberFor } from '../remember-for.ts';

const KEPT_MS = 5_000;

/** What models took today of each account's budget, as all workers together count it. */
export function addSpendGauges(
  registry: Registry,
  deps: Pick<ApiDependencies, 'accounts' | 'spending' | 'config'>,
): { refresh(): Promise<void> } {
  const gauge = (name: string, help: string) =>
    new Gauge({ name, help, labelNames: ['account'], registers: [registry] });
  const budget = gauge('mailroom_model_budget_tokens', 'Tokens a day, where there is a limit');
  const tokens = gauge('mailroom_model_tokens_today', 'Tokens that models took since midnight UTC');
  const calls = gauge('mailroom_model_calls_today', 'Calls to models since midnight UTC');
  const refused = gauge('mailroom_model_refused_today', 'Calls not made since midnight UTC: budget spent');
  const load = rememberFor(KEPT_MS, () => read(deps));
  return {
    async refresh() {
      for (const one of [budget, tokens, calls, refused]) one.reset();
      for (const { account, limit, spent } of await load()) {
        if (limit !== undefined) budget.set({ account }, limit);
        tokens.set({ account }, spent.tokens);
        calls.set({ account }, spent.calls);
        refused.set({ account }, spent.refused);
      }
    },
  };
}

async function read({
  accounts,
  spending,
  config,
}: Pick<ApiDependencies, 'accounts' | 'spending' | 'config'>) {
  try {
    const [all, today] = await Promise.all([accounts.list(), spending.listToday()]);
    return all.map(({ id, modelTokensPerDay }) => ({
      account: id,
      limit: modelTokensPerDay ?? config.modelTokensPerDay,
      spent: today.get(id) ?? NOTHING_SPENT,
    }));
  } catch (error) {
    // `mailroom_database_up` says it.
    if (error instanceof ServiceError) return [];
    throw error;
  }
}
