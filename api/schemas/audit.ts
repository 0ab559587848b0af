import { z } from 'zod';
import { AUDIT_STATES, ENTRY_FATES } from '../../src/domain/audit.ts';
import { instant } from './instant.ts';

const count = z.number().int();

export const Audit = z
  .object({
    id: z.string(),
    accountId: z.string(),
    state: z.enum(AUDIT_STATES),
    reason: z.string().nullable().describe('Why it failed, what it could not do, or what it waits for'),
    startedAt: instant,
    finishedAt: instant.nullable(),
    listed: count.describe('What the mailbox holds; the sum of the seven after it'),
    processed: count,
    unfinished: count,
    skipped: count.describe('On purpose; its entries say why'),
    quarantined: count,
    deleted: count.describe('Here, by a person; the mailbox still holds them'),
    pending: count.describe('Not read yet'),
    missing: count.describe('Passed by and in none of our rows when it was listed'),
    healed: count.describe('Of the missing, those that were fetched after all'),
    gone: count.describe('Ours that the mailbox holds no more'),
    unaccounted: count.describe('missing - healed: nobody knows what became of them'),
  })
  .meta({ id: 'Audit' });

export const AuditAnswer = z.object({
  latest: Audit.nullable().describe('The last one that came to its end'),
  items: z.array(Audit).describe('The last ten, newest first'),
});

export const AuditEntry = z
  .object({
    providerKey: z.string(),
    label: z.string(),
    receivedAt: instant.nullable(),
    fate: z.enum(ENTRY_FATES).nullable(),
    reason: z.string().nullable(),
    messageId: z.string().nullable(),
  })
  .meta({ id: 'AuditEntry' });

export const AuditEntryQuery = z.strictObject({
  fate: z.enum(ENTRY_FATES).optional(),
  after: z.string().max(400).optional().describe('`providerKey` of the last one on the page before'),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

export const AuditEntries = z.object({ items: z.array(AuditEntry) });

export const AuditStarted = z.object({ workflowId: z.string(), workflowUrl: z.string().nullable() });
