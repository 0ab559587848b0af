import type { z } from 'zod';
import type { AuditRow } from '../../db/audit-store.ts';
import { countUnaccounted } from '../../src/domain/audit.ts';
import type { Audit } from '../schemas/audit.ts';

export function toAuditAnswer(row: AuditRow): z.output<typeof Audit> {
  return { ...row, unaccounted: countUnaccounted(row) };
}
