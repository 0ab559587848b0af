import { Gauge, type Registry } from 'prom-client';
import { HEALTH_STATES, toAccountHealth } from '../../src/domain/account-health.ts';
import { ServiceError } from '../../src/domain/service-error.ts';
import { wasRefused } from '../../src/domain/was-refused.ts';
import { toAccountFacts } from '../answers/to-account-facts.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { rememberFor } from '../remember-for.ts';

const KEPT_MS = 5_000;

type Needs = Pick<ApiDependencies, 'accounts' | 'accountFacts'>;

/** Whether the mail of each account is processed. */
export function addAccountGauges(registry: Registry, deps: Needs): { refresh(): Promise<void> } {
  const gauge = (name: string, help: string, ...labels: string[]) =>
    new Gauge({ name, help, labelNames: ['account', ...labels], registers: [registry] });
  const health = gauge('mailroom_account_health', '1 for the state that the account is in', 'state');
  const refused = gauge(
    'mailroom_account_sign_in_refused',
    '1 when it is paused because its sign-in was refused',
  );
  const lag = gauge('mailroom_account_lag_seconds', 'Age of the oldest message that is not processed');
  const last = gauge(
    'mailroom_account_last_message_timestamp',
    'When the newest message was taken in, Unix time',
  );
  const load = rememberFor(KEPT_MS, () => read(deps));
  return {
    async refresh() {
      for (const one of [health, refused, lag, last]) one.reset();
      for (const { account, isRefused, state, lagSeconds, lastMessageAt } of await load()) {
        for (const each of HEALTH_STATES) health.set({ account, state: each }, each === state ? 1 : 0);
        refused.set({ account }, isRefused ? 1 : 0);
        lag.set({ account }, lagSeconds);
        if (lastMessageAt !== undefined) last.set({ account }, lastMessageAt.getTime() / 1000);
      }
    },
  };
}

async function read({ accounts, accountFacts }: Needs) {
  try {
    const [all, counts] = await Promise.all([accounts.list(), accountFacts.count()]);
    const now = new Date();
    return all.map((row) => {
      const facts = toAccountFacts(row, counts.get(row.id), undefined);
      return { account: row.id, isRefused: wasRefused(row), ...toAccountHealth(facts, now) };
    });
  } catch (error) {
    // `mailroom_database_up` says it.
    if (error instanceof ServiceError) return [];
    throw error;
  }
}
