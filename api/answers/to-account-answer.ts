import type { z } from 'zod';
import type { AccountCounts } from '../../db/account-facts-store.ts';
import type { AccountRow } from '../../db/account-store.ts';
import { toAccountHealth } from '../../src/domain/account-health.ts';
import { countUnaccounted } from '../../src/domain/audit.ts';
import { type ModelSpend, NOTHING_SPENT } from '../../src/domain/model-budget.ts';
import { splitPullError } from '../../src/domain/pull-error.ts';
import type { Account } from '../schemas/account.ts';
import { toAccountFacts } from './to-account-facts.ts';

export interface AccountSurroundings {
  readonly counts: AccountCounts | undefined;
  readonly spent: ModelSpend | undefined;
  readonly usualTokensPerDay: number | undefined;
  readonly nextRunAt: Date | undefined;
}

/** The secret is not part of a row, so it cannot get out here. */
export function toAccountAnswer(
  { modelTokensPerDay, failures: _counted, ...row }: AccountRow,
  { counts, spent = NOTHING_SPENT, usualTokensPerDay, nextRunAt }: AccountSurroundings,
  now: Date,
): z.output<typeof Account> {
  const { imap, graph, gmail, files, oauth, writeBack, limits } = row;
  const facts = toAccountFacts({ ...row, failures: _counted }, counts, nextRunAt);
  return {
    ...row,
    modelBudget: {
      tokensPerDay: modelTokensPerDay ?? usualTokensPerDay ?? null,
      own: modelTokensPerDay !== undefined,
      ...spent,
    },
    stateReason: row.stateReason ?? null,
    imap: imap ? { ...imap, folders: [...imap.folders] } : null,
    graph: graph ? { ...graph, folders: [...graph.folders] } : null,
    gmail: gmail ? { ...gmail, labels: [...gmail.labels], topic: gmail.topic ?? null } : null,
    files: files ?? null,
    oauth: oauth
      ? {
          ...oauth,
          authorizationUrl: oauth.authorizationUrl ?? null,
          deviceUrl: oauth.deviceUrl ?? null,
          scopes: [...oauth.scopes],
        }
      : null,
    writeBack: writeBack
      ? { seen: writeBack.seen, label: writeBack.label ?? null, folder: writeBack.folder ?? null }
      : null,
    limits: {
      lookBackDays: limits?.lookBackDays ?? null,
      messagesPerMinute: limits?.messagesPerMinute ?? null,
      concurrentMessages: limits?.concurrentMessages ?? null,
      messagesPerDay: limits?.messagesPerDay ?? null,
      bytesPerDay: limits?.bytesPerDay ?? null,
    },
    push: row.push ?? true,
    lastPullAt: row.lastPullAt ?? null,
    lastPullError: row.lastPullError === undefined ? null : splitPullError(row.lastPullError).reason,
    lastSyncedAt: row.lastSyncedAt ?? null,
    health: toHealthAnswer(facts, now),
    ledger: counts?.ledger ? { ...counts.ledger, unaccounted: countUnaccounted(counts.ledger) } : null,
  };
}

function toHealthAnswer(facts: ReturnType<typeof toAccountFacts>, now: Date) {
  const health = toAccountHealth(facts, now);
  return {
    ...health,
    since: health.since ?? null,
    reason: health.reason ?? null,
    fix: health.fix ?? null,
    lastMessageAt: health.lastMessageAt ?? null,
    nextRunAt: health.nextRunAt ?? null,
    waitsUntil: health.waitsUntil ?? null,
    errors: [...health.errors],
  };
}
