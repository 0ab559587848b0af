import type { WorkflowHandle } from '@temporalio/client';
import { expect, vi } from 'vitest';
import type { FetchPageFacts, SyncFacts } from '../../src/contract/activities.ts';
import { type BatchStatus, releaseSlot } from '../../src/contract/import-batch.ts';
import { importWorkflowId, messageWorkflowId } from '../../src/contract/workflow-ids.ts';
import type { Priority } from '../../src/domain/priority.ts';
import { toPage } from './fake-activities.ts';
import { PATIENCE, type WorkflowRoom } from './run-workflows.ts';

export interface BatchPlan {
  /** The message ids of each page; a function answers or fails as it likes. `scripted`: fakes say. */
  readonly pages: readonly (readonly string[] | (() => Promise<FetchPageFacts>))[] | 'scripted';
  readonly max: number;
  readonly priority?: Priority;
}

export interface BatchHandle extends WorkflowHandle {
  /** Waits until the status is so. */
  until(expected: Partial<BatchStatus>): Promise<void>;
  status(): Promise<BatchStatus | undefined>;
}

/** A batch and its account go by one name, so that its fakes are found by it. */
export async function startBatch(room: WorkflowRoom, name: string, plan: BatchPlan): Promise<BatchHandle> {
  const { pages, max, priority } = plan;
  if (pages !== 'scripted') {
    room.fakes.on('fetchPage', name, async ({ page }) => {
      const asked = pages[page] ?? [];
      return typeof asked === 'function' ? asked() : toPage(asked, page >= pages.length - 1);
    });
  }
  await room.controls.startBatch({
    batchId: name,
    accountId: name,
    maxConcurrentOperations: max,
    priority,
  });
  const status = () => room.controls.findBatchStatus(name);
  return Object.assign(room.client.workflow.getHandle(importWorkflowId(name)), {
    status,
    until: (expected: Partial<BatchStatus>) =>
      vi.waitFor(async () => expect(await status()).toMatchObject(expected), PATIENCE),
  });
}

export interface HeldMessages {
  /** Resolves when the message is under way. */
  entered(id: string): Promise<void>;
  release(...ids: string[]): void;
}

const SYNCED: SyncFacts = { partnerId: 1, recordId: 2 };

/** Lets messages go as far as their sync and holds them there; `release` lets them end. */
export function holdMessages(room: WorkflowRoom, ids: readonly string[]): HeldMessages {
  const gates = new Map(
    ids.map((id) => {
      room.fakes.plan(id, 'sync');
      return [id, room.fakes.hold('syncPartner', id)];
    }),
  );
  return {
    entered: async (id) => gates.get(id)?.entered,
    release(...released) {
      for (const id of released) gates.get(id)?.open(SYNCED);
    },
  };
}

/** How often the run of a message began. */
export function countRuns(room: WorkflowRoom, id: string): number {
  return room.fakes.requestsOf('readMessage', id).length;
}

export function childHandle(room: WorkflowRoom, account: string, id: string): WorkflowHandle {
  return room.client.workflow.getHandle(messageWorkflowId(account, id));
}

/** 4 MB of history: the server suggests to continue as new. The signals name no run and do nothing. */
export async function fillHistory(handle: WorkflowHandle): Promise<void> {
  for (let n = 0; n < 12; n += 1) await handle.signal(releaseSlot, 'x'.repeat(450_000));
  // Answered after the task that took them in.
  await handle.query('__stack_trace');
}
