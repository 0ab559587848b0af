import { ServiceError } from '../../src/domain/service-error.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { rememberFor } from '../remember-for.ts';
import { type AccountSurroundings, toAccountAnswer } from './to-account-answer.ts';

/** Temporal is asked once for all accounts, however many look at the page. */
const KEPT_MS = 5_000;

type Needs = Pick<ApiDependencies, 'accounts' | 'accountFacts' | 'spending' | 'listNextRuns'> & {
  readonly config: Pick<ApiDependencies['config'], 'modelTokensPerDay'>;
};
export type AccountAnswers = ReturnType<typeof createAccountAnswers>;

/** Accounts with all that is known of them. */
export function createAccountAnswers(deps: Needs) {
  const nextRuns = rememberFor(KEPT_MS, () => findNextRuns(deps));

  async function look(id?: string) {
    const [counts, spent, runs] = await Promise.all([
      deps.accountFacts.count(id),
      deps.spending.listToday(),
      nextRuns(),
    ]);
    return (of: string): AccountSurroundings => ({
      counts: counts.get(of),
      spent: spent.get(of),
      usualTokensPerDay: deps.config.modelTokensPerDay,
      nextRunAt: runs.get(of),
    });
  }

  return {
    async list() {
      const [accounts, surroundings] = await Promise.all([deps.accounts.list(), look()]);
      const now = new Date();
      return accounts.map((account) => toAccountAnswer(account, surroundings(account.id), now));
    },

    async get(id: string) {
      const account = await deps.accounts.get(id);
      return toAccountAnswer(account, (await look(id))(id), new Date());
    },
  };
}

/** A Temporal that is down leaves the accounts readable, without their next runs. */
async function findNextRuns({
  listNextRuns,
}: Pick<Needs, 'listNextRuns'>): Promise<ReadonlyMap<string, Date>> {
  try {
    return await listNextRuns();
  } catch (error) {
    if (error instanceof ServiceError) return new Map();
    throw error;
  }
}
