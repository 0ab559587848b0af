import type { AccountCounts } from '../../db/account-facts-store.ts';
import type { AccountRow } from '../../db/account-store.ts';
import type { AccountFacts } from '../../src/domain/account-health.ts';
import { countUnaccounted } from '../../src/domain/audit.ts';
import { hasMailbox } from '../../src/domain/has-mailbox.ts';

/** The row and the counts of an account as its health is judged by. An account that was added just now has no counts. */
export function toAccountFacts(
  row: AccountRow,
  counts: AccountCounts | undefined,
  nextRunAt: Date | undefined,
): AccountFacts {
  return {
    id: row.id,
    state: row.state,
    stateReason: row.stateReason,
    mode: row.mode,
    isPullable: hasMailbox(row),
    pullEverySeconds: row.pullEverySeconds,
    limits: row.limits,
    createdAt: counts?.createdAt ?? new Date(),
    lastPullAt: row.lastPullAt,
    lastPullError: row.lastPullError,
    failures: row.failures,
    lastSyncedAt: row.lastSyncedAt,
    lacksSignIn: row.oauth?.grant === 'user' && counts?.hasTokens === false,
    lastMessageAt: counts?.lastMessageAt,
    waitingSince: counts?.waitingSince,
    unfinished: counts?.unfinished ?? 0,
    quarantined: counts?.quarantined ?? 0,
    today: counts?.today ?? { messages: 0, bytes: 0 },
    unaccounted: counts?.ledger && countUnaccounted(counts.ledger),
    pushError: counts?.pushError,
    wait: counts?.wait,
    nextRunAt,
  };
}
