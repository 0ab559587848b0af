import { sql } from 'drizzle-orm';
import type { AuditTotals } from '../../src/domain/audit.ts';
import type { Database } from '../client.ts';
import { audit, auditEntry, message } from '../schema/index.ts';

/** What was missing and is healed counts as missing too. */
export async function countFates(db: Database, auditId: string): Promise<AuditTotals> {
  const [row] = await db.execute<Record<keyof AuditTotals, string>>(sql`
    select
      count(*) as listed,
      count(*) filter (where fate = 'processed') as processed,
      count(*) filter (where fate = 'unfinished') as unfinished,
      count(*) filter (where fate = 'skipped') as skipped,
      count(*) filter (where fate = 'quarantined') as quarantined,
      count(*) filter (where fate = 'deleted') as deleted,
      count(*) filter (where fate = 'pending') as pending,
      count(*) filter (where fate in ('missing', 'healed')) as missing,
      count(*) filter (where fate = 'healed') as healed,
      (select count(*) from ${message} m join ${audit} a on a.id = ${auditId}
        where m.account_id = a.account_id and m.gone_at is not null) as gone
    from ${auditEntry} where audit_id = ${auditId}`);
  const number = (key: keyof AuditTotals) => Number(row?.[key] ?? 0);
  return {
    listed: number('listed'),
    processed: number('processed'),
    unfinished: number('unfinished'),
    skipped: number('skipped'),
    quarantined: number('quarantined'),
    deleted: number('deleted'),
    pending: number('pending'),
    missing: number('missing'),
    healed: number('healed'),
    gone: number('gone'),
  };
}
