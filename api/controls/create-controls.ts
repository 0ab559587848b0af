import type { Client } from '@temporalio/client';
import type { QueryDefinition, SignalDefinition, UpdateDefinition } from '@temporalio/common';
import {
  batchStatus,
  cancelBatch,
  pauseBatch,
  resumeBatch,
  tuneBatch,
} from '../../src/contract/import-batch.ts';
import {
  cancelMessage,
  changePriorityUpdate,
  decideDraftUpdate,
  messageStatus,
  retryNow,
  skipMessage,
} from '../../src/contract/process-message.ts';
import { importWorkflowId, messageWorkflowId } from '../../src/contract/workflow-ids.ts';
import { ServiceError } from '../../src/domain/service-error.ts';
import { cancelPulls } from './cancel-pulls.ts';
import type { Controls, RunDescription } from './controls.ts';
import { createStarts } from './create-starts.ts';
import { ifAlive } from './if-alive.ts';
import { notifyArrival } from './notify-arrival.ts';
import { withinLimit } from './within-limit.ts';

export interface ControlsOptions {
  readonly client: Client;
  /** Limit of one control, 4 s by default. */
  readonly limitMs?: number;
  /** Limit of a status question, which waits for a worker; 2 s by default. */
  readonly statusLimitMs?: number;
}

/** The one place where the API and the CLI talk to Temporal. */
export function createControls(options: ControlsOptions): Controls {
  const { client, limitMs = 4_000, statusLimitMs = 2_000 } = options;
  const runs = createRunCalls(client, limitMs, statusLimitMs);
  const starts = createStarts(client, limitMs);
  return {
    startBatch: starts.startBatch,
    pauseBatch: (batchId) => runs.signal(importWorkflowId(batchId), pauseBatch),
    resumeBatch: (batchId) => runs.signal(importWorkflowId(batchId), resumeBatch),
    cancelBatch: (batchId) => runs.signal(importWorkflowId(batchId), cancelBatch),
    tuneBatch: (batchId, tuning) => runs.update(importWorkflowId(batchId), tuneBatch, tuning),
    findBatchStatus: (batchId) => runs.ask(importWorkflowId(batchId), batchStatus),

    async retryMessage(ref) {
      const hurried = await runs.signal(messageWorkflowId(ref.accountId, ref.messageId), retryNow);
      if (hurried) return 'hurried';
      await starts.startMessage(ref);
      return 'started';
    },
    skipMessage: (ref, control) =>
      runs.signal(messageWorkflowId(ref.accountId, ref.messageId), skipMessage, control),
    cancelMessage: (ref, control) =>
      runs.signal(messageWorkflowId(ref.accountId, ref.messageId), cancelMessage, control),
    changePriority: (ref, change) =>
      runs.update(messageWorkflowId(ref.accountId, ref.messageId), changePriorityUpdate, change),
    async decideDraft(ref, decision) {
      const id = messageWorkflowId(ref.accountId, ref.messageId);
      if (await runs.update(id, decideDraftUpdate, decision)) return;
      throw new ServiceError('Conflict', 'No run waits for a decision on this draft', {
        fix: 'Read the message again: its draft was decided, has expired, or its run was ended.',
      });
    },
    findMessageStatus: (ref) => runs.ask(messageWorkflowId(ref.accountId, ref.messageId), messageStatus),

    pullNow: starts.pullNow,
    cancelPull: (accountId) => cancelPulls(client, limitMs, accountId),
    removeAccount: starts.removeAccount,
    auditNow: starts.auditNow,
    fetchWanted: starts.fetchWanted,
    notifyArrival: (accountId) => withinLimit(client, limitMs, () => notifyArrival(client, accountId)),
    describe: runs.describe,
  };
}

function createRunCalls(client: Client, limitMs: number, statusLimitMs: number) {
  const handle = (id: string) => client.workflow.getHandle(id);
  const describe = (id: string, limit: number): Promise<RunDescription | undefined> =>
    ifAlive(
      withinLimit(client, limit, async () => {
        const found = await handle(id).describe();
        return {
          workflowId: found.workflowId,
          runId: found.runId,
          type: found.type,
          status: found.status.name,
          startedAt: found.startTime,
          closedAt: found.closeTime,
          historyLength: found.historyLength,
        };
      }),
    );
  return {
    async signal<A extends unknown[]>(
      id: string,
      definition: SignalDefinition<A>,
      ...args: A
    ): Promise<boolean> {
      const sent = withinLimit(client, limitMs, () => handle(id).signal(definition, ...args));
      return (await ifAlive(sent.then(() => true))) ?? false;
    },

    async update<I>(id: string, definition: UpdateDefinition<void, [I]>, input: I): Promise<boolean> {
      const done = withinLimit(client, limitMs, () =>
        handle(id).executeUpdate(definition, { args: [input] }),
      );
      return (await ifAlive(done.then(() => true))) ?? false;
    },

    /** A closed run would answer too, with its last state: only a running one is asked. */
    async ask<R>(id: string, definition: QueryDefinition<R>): Promise<R | undefined> {
      const found = await describe(id, statusLimitMs);
      if (found?.status !== 'RUNNING') return undefined;
      return ifAlive(withinLimit(client, statusLimitMs, () => handle(id).query(definition)));
    },

    describe: (id: string) => describe(id, limitMs),
  };
}
