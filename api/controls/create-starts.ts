import {
  type Client,
  ScheduleNotFoundError,
  ScheduleOverlapPolicy,
  WorkflowIdConflictPolicy,
  WorkflowIdReusePolicy,
} from '@temporalio/client';
import type { MessageRef } from '../../src/contract/activities.ts';
import type { AuditAccountInput } from '../../src/contract/audit-account.ts';
import type { ImportBatchInput } from '../../src/contract/import-batch.ts';
import type { ProcessMessageInput } from '../../src/contract/process-message.ts';
import type { PullAccountInput } from '../../src/contract/pull-account.ts';
import { QUEUE_NAMES } from '../../src/contract/queues.ts';
import type { RemoveAccountInput } from '../../src/contract/remove-account.ts';
import { ACCOUNT_ATTRIBUTE, STAGE_ATTRIBUTE } from '../../src/contract/search-attributes.ts';
import {
  auditWorkflowId,
  importWorkflowId,
  messageWorkflowId,
  pullScheduleId,
  pullWorkflowId,
  removalWorkflowId,
} from '../../src/contract/workflow-ids.ts';
import { toPriorityKey } from '../../src/domain/priority.ts';
import { ServiceError } from '../../src/domain/service-error.ts';
import type { BatchStart } from './controls.ts';
import { withinLimit } from './within-limit.ts';

/** Starts of the workflows; each joins a run that is alive, so that a repeat is harmless. */
export function createStarts(client: Client, limitMs: number) {
  const start = async (
    type: string,
    workflowId: string,
    accountId: string,
    input: object,
    stage?: 'read',
  ) => {
    await withinLimit(client, limitMs, () =>
      client.workflow.start(type, {
        workflowId,
        taskQueue: QUEUE_NAMES.main,
        args: [input],
        workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE,
        workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
        typedSearchAttributes: [
          { key: ACCOUNT_ATTRIBUTE, value: accountId },
          ...(stage === undefined ? [] : [{ key: STAGE_ATTRIBUTE, value: stage }]),
        ],
        priority: { priorityKey: toPriorityKey('NORMAL'), fairnessKey: accountId },
      }),
    );
  };
  return {
    async startBatch({ batchId, accountId, maxConcurrentOperations, priority }: BatchStart): Promise<void> {
      const input: ImportBatchInput = {
        batchId,
        accountId,
        maxConcurrentOperations,
        ...(priority === undefined ? {} : { priority }),
      };
      await start('importBatch', importWorkflowId(batchId), accountId, input);
    },

    async startMessage({ accountId, messageId }: MessageRef): Promise<void> {
      const input: ProcessMessageInput = { accountId, messageId };
      await start('processMessage', messageWorkflowId(accountId, messageId), accountId, input, 'read');
    },

    async auditNow(accountId: string): Promise<void> {
      const input: AuditAccountInput = { accountId };
      await start('auditAccount', auditWorkflowId(accountId), accountId, input);
    },

    /** By its schedule, which starts no second pull beside one that runs; by hand where there is none. */
    async pullNow(accountId: string): Promise<void> {
      if (await triggerSchedule(client, limitMs, accountId)) return;
      const input: PullAccountInput = { accountId };
      await start('pullAccount', pullWorkflowId(accountId), accountId, input);
    },

    async removeAccount(accountId: string): Promise<void> {
      const input: RemoveAccountInput = { accountId };
      await start('removeAccount', removalWorkflowId(accountId), accountId, input);
    },
  };
}

async function triggerSchedule(client: Client, limitMs: number, accountId: string): Promise<boolean> {
  const schedule = client.schedule.getHandle(pullScheduleId(accountId));
  try {
    await withinLimit(client, limitMs, () => schedule.trigger(ScheduleOverlapPolicy.SKIP));
    return true;
  } catch (error) {
    if (error instanceof ServiceError && error.cause instanceof ScheduleNotFoundError) return false;
    throw error;
  }
}
