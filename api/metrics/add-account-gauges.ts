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
  const unsigned = gauge(
    'mailroom_account_sign_in_awaited',
    '1 when nobody has signed in to its mailbox yet',
  );
  const awaited = gauge(
    'mailroom_audit_awaited_since_timestamp_seconds',
    'When the last audit ended, or the account was added; of active accounts with a mailbox',
  );
  const lag = gauge('mailroom_account_lag_seconds', 'Age of the oldest message that is not processed');
  const last = gauge(
    'mailroom_account_last_message_timestamp',
    'When the newest message was taken in, Unix time',
  );
  const waits = gauge(
    'mailroom_account_waiting_until_timestamp_seconds',
    'When its provider may be asked again, of accounts whose provider asked for a wait',
  );
  const load = rememberFor(KEPT_MS, () => read(deps));
  return {
    async refresh() {
      for (const one of [health, refused, unsigned, awaited, lag, last, waits]) one.reset();
      for (const each of await load()) {
        const { account, isRefused, lacksSignIn, auditAwaitedSince, state, lagSeconds, lastMessageAt } = each;
        if (each.waitsUntil !== undefined) waits.set({ account }, each.waitsUntil.getTime() / 1000);
        for (const one of HEALTH_STATES) health.set({ account, state: one }, one === state ? 1 : 0);
        refused.set({ account }, isRefused ? 1 : 0);
        unsigned.set({ account }, lacksSignIn ? 1 : 0);
        if (auditAwaitedSince !== undefined) awaited.set({ account }, auditAwaitedSince.getTime() / 1000);
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
      const counted = counts.get(row.id);
      const facts = toAccountFacts(row, counted, undefined);
      const isAudited = row.state === 'active' && facts.isPullable;
      return {
        ...toAccountHealth(facts, now),
        account: row.id,
        isRefused: wasRefused(row),
        lacksSignIn: row.state === 'active' && facts.lacksSignIn,
        auditAwaitedSince: isAudited ? (counted?.ledger?.auditedAt ?? facts.createdAt) : undefined,
      };
    });
  } catch (error) {
    // `mailroom_database_up` says it.
    if (error instanceof ServiceError) return [];
    throw error;
  }
}
