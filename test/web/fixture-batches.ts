import { type Batch, type BatchDetail, BatchDetail as BatchDetailSchema } from '../../api/schemas/batch.ts';
import { NO_TOTALS } from '../../db/count-totals.ts';
import { ago } from './fixture-messages.ts';

const TEMPORAL = 'http://127.0.0.1:8233';

/** An import on its way, further with every second, a pull that ended, and one that was paused. */
export function toBatches(secondsIn: number): readonly Batch[] {
  const done = Math.min(4_600, 1_800 + Math.round(secondsIn * 47));
  const base = {
    priority: null,
    exhausted: true,
    workflowUrl: `${TEMPORAL}/namespaces/default/workflows/import`,
  };
  const batches: readonly Batch[] = [
    {
      ...base,
      id: 'b-import',
      accountId: 'support',
      kind: 'import',
      state: 'running',
      reason: null,
      label: 'archive/2024.mbox',
      maxConcurrentOperations: 50,
      exhausted: false,
      expected: 5_000,
      createdAt: ago(1),
      finishedAt: null,
      totals: {
        ...NO_TOTALS,
        messages: done + 50,
        accepted: done - 100,
        duplicates: 128,
        processed: done - 350,
        awaitingApproval: 200,
        quarantined: 22,
        running: 50,
      },
    },
    {
      ...base,
      id: 'b-upload',
      accountId: 'sales',
      kind: 'import',
      state: 'paused',
      reason: null,
      label: '400 uploaded messages',
      maxConcurrentOperations: 10,
      priority: 'HIGH',
      expected: 400,
      createdAt: ago(38),
      finishedAt: null,
      totals: {
        ...NO_TOTALS,
        messages: 150,
        accepted: 150,
        processed: 120,
        awaitingApproval: 28,
        cancelled: 2,
      },
    },
    {
      ...base,
      id: 'b-pull',
      accountId: 'support',
      kind: 'pull',
      state: 'completed',
      reason: null,
      label: 'imap.harborline.example INBOX',
      maxConcurrentOperations: 20,
      priority: 'NORMAL',
      expected: 14,
      createdAt: ago(12),
      finishedAt: ago(11),
      totals: {
        ...NO_TOTALS,
        messages: 14,
        accepted: 12,
        duplicates: 2,
        processed: 9,
        awaitingApproval: 2,
        skipped: 1,
      },
    },
    {
      ...base,
      id: 'b-failed',
      accountId: 'sales',
      kind: 'import',
      state: 'failed',
      reason: 'The folder /mail/old cannot be read: permission denied',
      label: '/mail/old',
      maxConcurrentOperations: 50,
      expected: null,
      createdAt: ago(300),
      finishedAt: ago(299),
      totals: NO_TOTALS,
    },
  ];
  return batches;
}

export function toBatchDetail(batch: Batch): BatchDetail {
  const detail: BatchDetail = {
    ...batch,
    live:
      batch.state === 'running'
        ? {
            state: 'running',
            page: 19,
            exhausted: false,
            pending: 150,
            inFlight: 50,
            started: 1_900,
            settled: 1_850,
            maxConcurrentOperations: 50,
            priority: 'BACKFILL',
          }
        : null,
    liveProblem: null,
  };
  BatchDetailSchema.parse(detail);
  return detail;
}
