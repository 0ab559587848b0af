import type { z } from 'zod';
import type { QuarantineRow } from '../../db/quarantine-store.ts';
import type { QuarantineEntry } from '../schemas/quarantine.ts';

export function toQuarantineAnswer(row: QuarantineRow): z.output<typeof QuarantineEntry> {
  return {
    ...row,
    messageId: row.messageId ?? null,
    batchId: row.batchId ?? null,
    resolvedAt: row.resolvedAt ?? null,
    resolution: row.resolution ?? null,
  };
}
