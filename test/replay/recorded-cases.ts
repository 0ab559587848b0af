import type { Client, WorkflowHandle } from '@temporalio/client';
import { mailWanted } from '../../src/contract/audit-account.ts';
import {
  batchStatus,
  cancelBatch,
  type ImportBatchInput,
  pauseBatch,
  resumeBatch,
  tuneBatch,
} from '../../src/contract/import-batch.ts';
import {
  changePriorityUpdate,
  decideDraftUpdate,
  messageStatus,
  skipMessage,
} from '../../src/contract/process-message.ts';
import { mailArrived } from '../../src/contract/pull-account.ts';
import { QUEUE_NAMES } from '../../src/contract/queues.ts';
import { ACCOUNT_ATTRIBUTE, STAGE_ATTRIBUTE } from '../../src/contract/search-attributes.ts';
import {
  AUDIT_WORKFLOW_ID,
  auditWorkflowId,
  importWorkflowId,
  messageWorkflowId,
  pullWorkflowId,
  SWEEP_WORKFLOW_ID,
  watchWorkflowId,
} from '../../src/contract/workflow-ids.ts';

/** The execution whose history is kept. */
export interface RecordedRun {
  readonly workflowId: string;
  readonly runId: string;
}

export type RecordedCase = (client: Client) => Promise<RecordedRun>;

const CONTROL = { by: 'api', reason: 'recorded' };
const DECISION = { draftId: 'draft-1', hash: 'hash-1', by: 'api' };

/** By file name in test/histories. */
export const RECORDED_CASES: Readonly<Record<string, RecordedCase>> = {
  'process-message-processed': (client) => endMessage(client, 'plain'),
  'process-message-sent': (client) => endMessage(client, 'consult-sync-send'),
  'process-message-approved': (client) =>
    endMessage(client, 'sync-person-approved', async (handle) => {
      await handle.executeUpdate(changePriorityUpdate, { args: [{ priority: 'URGENT', by: 'api' }] });
      await handle.executeUpdate(decideDraftUpdate, { args: [{ ...DECISION, verdict: 'approve' }] });
    }),
  'process-message-rejected': (client) =>
    endMessage(client, 'person-rejected', async (handle) => {
      await handle.executeUpdate(decideDraftUpdate, { args: [{ ...DECISION, verdict: 'reject' }] });
    }),
  'process-message-skipped': (client) =>
    endMessage(client, 'person-skipped', (handle) => handle.signal(skipMessage, CONTROL)),
  'process-message-quarantined': (client) => endMessage(client, 'broken'),
  'import-batch-completed': (client) =>
    endBatch(client, 'mixed', async (handle) => {
      await handle.signal(pauseBatch);
      await handle.executeUpdate(tuneBatch, { args: [{ priority: 'HIGH', maxConcurrentOperations: 1 }] });
      await handle.signal(resumeBatch);
    }),
  'import-batch-cancelled': (client) =>
    endBatch(client, 'slow', async (handle) => {
      await until(async () => (await handle.query(batchStatus)).inFlight === 2);
      await handle.signal(cancelBatch);
    }),
  'import-batch-continued': (client) => endBatch(client, 'large', undefined, 'first'),
  'import-batch-resumed': (client) => endBatch(client, 'large', undefined, 'last'),
  'pull-account-two-pages': (client) => endPull(client, 'two-pages'),
  'pull-account-pushed': (client) =>
    endPull(client, 'pushed', async (handle) => {
      await handle.signal(mailArrived);
    }),
  'pull-account-refused': (client) => endPull(client, 'refused'),
  'sweep-messages-two-pages': (client) => end(client, 'sweepMessages', SWEEP_WORKFLOW_ID),
  'watch-account-set-up-anew': (client) => end(client, 'watchAccount', watchWorkflowId('anew'), 'anew'),
  'audit-account-healed': (client) => end(client, 'auditAccount', auditWorkflowId('holed'), 'holed'),
  'audit-account-wanted': endWanted,
  'audit-accounts-two': (client) => end(client, 'auditAccounts', AUDIT_WORKFLOW_ID),
  'remove-account': (client) => end(client, 'removeAccount', 'remove/left', 'left'),
};

async function endMessage(
  client: Client,
  messageId: string,
  whileWaiting?: (handle: WorkflowHandle) => Promise<unknown>,
): Promise<RecordedRun> {
  const accountId = 'recorded';
  const handle = await client.workflow.start('processMessage', {
    args: [{ accountId, messageId }],
    taskQueue: QUEUE_NAMES.main,
    workflowId: messageWorkflowId(accountId, messageId),
    typedSearchAttributes: [
      { key: ACCOUNT_ATTRIBUTE, value: accountId },
      { key: STAGE_ATTRIBUTE, value: 'read' },
    ],
  });
  if (whileWaiting !== undefined) {
    await until(async () => (await handle.query(messageStatus)).waitingFor === 'approval');
    await whileWaiting(handle);
  }
  await handle.result();
  return { workflowId: handle.workflowId, runId: handle.firstExecutionRunId };
}

/** A batch that continues as new is several runs: `keep` says which of them is wanted. */
async function endBatch(
  client: Client,
  accountId: string,
  whileRunning?: (handle: WorkflowHandle) => Promise<unknown>,
  keep: 'only' | 'first' | 'last' = 'only',
): Promise<RecordedRun> {
  const batchId = `${accountId}-${keep}`;
  const input: ImportBatchInput = { batchId, accountId, maxConcurrentOperations: 2 };
  const { workflowId, firstExecutionRunId, ...handle } = await client.workflow.start('importBatch', {
    args: [input],
    taskQueue: QUEUE_NAMES.main,
    workflowId: importWorkflowId(batchId),
  });
  await whileRunning?.(client.workflow.getHandle(workflowId));
  await handle.result();
  const { runId: lastRunId } = await client.workflow.getHandle(workflowId).describe();
  if ((firstExecutionRunId === lastRunId) !== (keep === 'only')) {
    throw new Error(`${batchId} took ${keep === 'only' ? 'more than one run' : 'a single run'}`);
  }
  return { workflowId, runId: keep === 'last' ? lastRunId : firstExecutionRunId };
}

async function endPull(
  client: Client,
  accountId: string,
  whileRunning?: (handle: WorkflowHandle) => Promise<unknown>,
): Promise<RecordedRun> {
  const handle = await client.workflow.start('pullAccount', {
    args: [{ accountId }],
    taskQueue: QUEUE_NAMES.main,
    workflowId: pullWorkflowId(accountId),
  });
  await whileRunning?.(handle);
  // Refused credentials end the pull as failed: that is the case to record.
  await handle.result().catch(() => undefined);
  return { workflowId: handle.workflowId, runId: handle.firstExecutionRunId };
}

async function end(
  client: Client,
  type: string,
  workflowId: string,
  accountId?: string,
): Promise<RecordedRun> {
  const handle = await client.workflow.start(type, {
    args: accountId === undefined ? [] : [{ accountId }],
    taskQueue: QUEUE_NAMES.main,
    workflowId,
  });
  await handle.result();
  return { workflowId, runId: handle.firstExecutionRunId };
}

/** Told what is wanted while its mailbox is listed, which lacks nothing. */
async function endWanted(client: Client): Promise<RecordedRun> {
  const accountId = 'wanted';
  const workflowId = auditWorkflowId(accountId);
  const handle = await client.workflow.start('auditAccount', {
    args: [{ accountId }],
    taskQueue: QUEUE_NAMES.main,
    workflowId,
  });
  await until(async () => (await handle.describe()).raw.pendingActivities?.length === 1);
  await handle.signal(mailWanted);
  await handle.result();
  return { workflowId, runId: handle.firstExecutionRunId };
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((wake) => setTimeout(wake, 20));
}
