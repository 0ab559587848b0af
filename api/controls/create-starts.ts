import {
  type Client,
  ScheduleNotFoundError,
  ScheduleOverlapPolicy,
  WorkflowIdConflictPolicy,
  WorkflowIdReusePolicy,
} from '@temporalio/client';
import type { MessageRef } from '../../src/contract/activities.ts';
import { type AuditAccountInput, mailWanted } from '../../src/contract/audit-account.ts';
import type { ImportBatchInput } from '../../src/contract/import-batch.ts';
import type { ProcessMessageInput } from '../../src/contract/process-message.ts';
import type { PullAccountInput } from '../../src/contract/pull-account.ts';
import type { RemoveAccountInput } from '../../src/contract/remove-account.ts';
import { STAGE_ATTRIBUTE } from '../../src/contract/search-attributes.ts';
import {
  auditWorkflowId,
  importWorkflowId,
  messageWorkflowId,
  pullScheduleId,
  pullWorkflowId,
  removalWorkflowId,
} from '../../src/contract/workflow-ids.ts';
import { ServiceError } from '../../src/domain/service-error.ts';
import type { BatchStart } from './controls.ts';
import { tellOrStart } from './tell-or-start.ts';
import { toStartOptions } from './to-start-options.ts';
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
    const options = toStartOptions({ workflowId, accountId, input });
    const attributes = stage === undefined ? [] : [{ key: STAGE_ATTRIBUTE, value: stage }];
    await withinLimit(client, limitMs, () =>
      client.workflow.start(type, {
        ...options,
        workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE,
        workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
        typedSearchAttributes: [...options.typedSearchAttributes, ...attributes],
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

    async fetchWanted(accountId: string): Promise<void> {
      const input: AuditAccountInput = { accountId };
      const run = { workflowId: auditWorkflowId(accountId), accountId, input };
      await withinLimit(client, limitMs, () => tellOrStart(client, 'auditAccount', run, mailWanted));
    },

    /** By its schedule, which starts it once the pull that runs has ended; by hand where there is none. */
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
    await withinLimit(client, limitMs, () => schedule.trigger(ScheduleOverlapPolicy.BUFFER_ONE));
    return true;
  } catch (error) {
    if (error instanceof ServiceError && error.cause instanceof ScheduleNotFoundError) return false;
    throw error;
  }
}
