import type { z } from 'zod';
import { AuditAnswer, AuditEntries, AuditEntryQuery } from '../../api/schemas/audit.ts';
import { accounts } from './fixture-accounts.ts';
import { ago } from './fixture-messages.ts';

type Entry = z.input<typeof AuditEntries>['items'][number];

function toEntry(uid: number, facts: Partial<Entry>): Entry {
  return {
    providerKey: `1700000000:${uid}`,
    label: `INBOX/${uid}`,
    receivedAt: ago(200 + uid / 10),
    fate: 'processed',
    reason: null,
    messageId: null,
    ...facts,
  };
}

const SALES: readonly Entry[] = [
  toEntry(4711, { fate: 'missing', reason: null }),
  toEntry(4712, { fate: 'missing', receivedAt: null }),
  toEntry(4802, {
    fate: 'quarantined',
    reason: 'Odoo did not answer within 30 s, 3 attempts',
    messageId: 'm0004',
  }),
  ...Array.from({ length: 52 }, (_, index) =>
    toEntry(5_000 + index, { fate: 'skipped', reason: 'older than the look-back of 30 days' }),
  ),
];

/** What the last audit of an account says, as the list of accounts does. */
export function toAudit(accountId: string): z.input<typeof AuditAnswer> {
  const ledger = accounts.items.find(({ id }) => id === accountId)?.ledger;
  if (!ledger) return { latest: null, items: [] };
  const { auditedAt, ...totals } = ledger;
  const latest = {
    ...totals,
    id: `audit-${accountId}`,
    accountId,
    state: 'completed' as const,
    reason: null,
    startedAt: auditedAt,
    finishedAt: auditedAt,
  };
  const failed = {
    ...latest,
    id: 'audit-failed',
    state: 'failed' as const,
    reason: 'imap.harborline.example cannot be reached',
  };
  const answer = { latest, items: accountId === 'support' ? [failed, latest] : [latest] };
  AuditAnswer.parse(answer);
  return answer;
}

export function toEntries(accountId: string, search: URLSearchParams): z.input<typeof AuditEntries> {
  const { fate, after = '', limit } = AuditEntryQuery.parse(Object.fromEntries(search));
  const entries = accountId === 'sales' ? SALES : [];
  const items = entries.filter((entry) => entry.fate === fate && entry.providerKey > after).slice(0, limit);
  AuditEntries.parse({ items });
  return { items };
}
