import { z } from 'zod';
import { HEALTH_STATES } from '../../src/domain/account-health.ts';
import { instant } from './instant.ts';

const count = z.number().int();

export const AccountHealth = z
  .object({
    state: z.enum(HEALTH_STATES).describe('Whether its mail is processed, not whether it can be reached'),
    since: instant.nullable().describe('As far as it is known'),
    reason: z.string().nullable(),
    fix: z.string().nullable(),
    lastMessageAt: instant.nullable().describe('When the newest message was taken in'),
    lagSeconds: count.describe(
      'Age of the oldest message that is not processed; waiting for a person is no lag',
    ),
    unfinished: count,
    quarantined: count.describe('Open entries of the quarantine'),
    errors: z.array(z.string()).describe('All that is wrong, the state apart'),
    nextRunAt: instant.nullable().describe('Of its schedule; null: it has none'),
    waitsUntil: instant
      .nullable()
      .describe(
        'Its provider asked for a wait (429, 503), so that no mail is pulled before; the reason quotes it. null: it did not',
      ),
    today: z.object({ messages: count, bytes: count }).describe('Taken in since midnight UTC'),
  })
  .meta({ id: 'AccountHealth' });

export const AccountLedger = z
  .object({
    auditedAt: instant,
    listed: count,
    processed: count,
    unfinished: count,
    skipped: count,
    quarantined: count,
    deleted: count,
    pending: count,
    missing: count,
    healed: count,
    gone: count,
    unaccounted: count.describe('Nobody knows what became of so many'),
  })
  .meta({ id: 'AccountLedger' });
