import type { z } from 'zod';
import type { BatchRow } from '../../db/batch-store.ts';
import { importWorkflowId, pullWorkflowId } from '../../src/contract/workflow-ids.ts';
import type { ApiConfig } from '../dependencies.ts';
import type { Batch } from '../schemas/batch.ts';
import { toWorkflowUrl } from './to-workflow-url.ts';

export function toBatchAnswer(row: BatchRow, config: ApiConfig): z.output<typeof Batch> {
  const workflowId = row.kind === 'import' ? importWorkflowId(row.id) : pullWorkflowId(row.accountId);
  return {
    ...row,
    reason: row.reason ?? null,
    priority: row.priority ?? null,
    expected: row.expected ?? null,
    finishedAt: row.finishedAt ?? null,
    workflowUrl: toWorkflowUrl(config, workflowId),
  };
}
