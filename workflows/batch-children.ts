import { CancellationScope, isCancellation, log, workflowInfo } from '@temporalio/workflow';
import type { ImportBatchInput } from '../src/contract/import-batch.ts';
import { messageWorkflowId } from '../src/contract/workflow-ids.ts';
import { type BatchWindow, release } from './batch-window.ts';
import { type MessageHandle, startMessage } from './start-message.ts';
import { toFailure } from './to-failure.ts';

export interface BatchChildren {
  start(messageId: string): void;
  /** A run that waits for a person keeps running and gives its place back. */
  release(workflowId: string): void;
  /** Asks the runs that hold a place to end; those that wait for a person go on. */
  cancel(): void;
}

/** The runs of a batch. However a run ends (failed, terminated, never started), its place is given back. */
export function createBatchChildren(input: ImportBatchInput, window: BatchWindow): BatchChildren {
  const scopes = new Map<string, CancellationScope>();
  // However the batch is cancelled, `cancel` alone decides which runs are told.
  const shield = new CancellationScope({ cancellable: false });
  const giveBack = (workflowId: string) => {
    release(window, workflowId);
    scopes.delete(workflowId);
  };

  async function start(messageId: string): Promise<MessageHandle | undefined> {
    const reportTo = workflowInfo().workflowId;
    try {
      return await startMessage({ accountId: input.accountId, messageId, reportTo }, window.priority);
    } catch (error) {
      // It stays parked: the batch ends `failed`, and to resume it starts the message.
      if (!isCancellation(error)) window.unstarted ??= toFailure(error).reason;
      throw error;
    }
  }

  async function follow(messageId: string, workflowId: string): Promise<void> {
    try {
      const run = await start(messageId);
      await run?.result();
    } catch (error) {
      if (!isCancellation(error)) log.warn('A run ended without a result', { workflowId });
    } finally {
      giveBack(workflowId);
    }
  }

  return {
    start(messageId) {
      const workflowId = messageWorkflowId(input.accountId, messageId);
      window.inFlight.set(workflowId, Date.now());
      window.started += 1;
      const scope = new CancellationScope({ cancellable: true, parent: shield });
      scopes.set(workflowId, scope);
      void scope.run(() => follow(messageId, workflowId));
    },
    release: giveBack,
    cancel() {
      for (const scope of scopes.values()) scope.cancel();
    },
  };
}
