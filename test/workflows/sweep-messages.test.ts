import { randomUUID } from 'node:crypto';
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { FindOrphansFacts, Orphan } from '../../src/contract/activities.ts';
import { QUEUE_NAMES } from '../../src/contract/queues.ts';
import { ServiceError } from '../../src/domain/service-error.ts';
import type { sweepMessages } from '../../workflows/sweep-messages.ts';
import { expectSmallHistory } from '../support/inspect-history.ts';
import { childHandle, countRuns, holdMessages } from '../support/run-batches.ts';
import { openWorkflowRoom, type WorkflowRoom } from '../support/run-workflows.ts';

const ACCOUNT = 'swept';
let room: WorkflowRoom;
beforeAll(async () => {
  room = await openWorkflowRoom();
});
afterAll(() => room.stop());
beforeEach(() => pages([]));

function pages(...found: (readonly Orphan[])[]): void {
  room.fakes.on('findOrphans', '', async ({ after }): Promise<FindOrphansFacts> => {
    const page = after === undefined ? 0 : Number(after.messageId);
    const next = { parkedAt: '2026-03-01T10:00:00.000Z', messageId: String(page + 1) };
    return { orphans: found[page] ?? [], next: page + 1 < found.length ? next : undefined };
  });
}

function orphan(messageId: string, priority: Orphan['priority'] = 'NORMAL'): Orphan {
  return { accountId: ACCOUNT, messageId, priority };
}

function sweep() {
  return room.client.workflow.start<typeof sweepMessages>('sweepMessages', {
    workflowId: `sweep-${randomUUID()}`,
    taskQueue: QUEUE_NAMES.main,
    args: [],
  });
}

describe('a sweep', () => {
  test('that finds nothing starts nothing', async () => {
    const handle = await sweep();
    expect(await handle.result()).toEqual({ started: 0 });
    expect(room.fakes.requestsOf('findOrphans', '')).toMatchObject([{ graceMs: 120_000, maxItems: 500 }]);
  });

  test('starts a run for each message that lost its own, page by page', async () => {
    pages([orphan('s-1'), { ...orphan('s-2'), priority: undefined }], [], [orphan('s-3', 'HIGH')]);
    const handle = await sweep();
    expect(await handle.result()).toEqual({ started: 3 });
    const keys: unknown[] = [];
    for (const id of ['s-1', 's-2', 's-3']) {
      const run = childHandle(room, ACCOUNT, id);
      expect(await run.result()).toMatchObject({ outcome: 'processed' });
      const { priority, searchAttributes } = await run.describe();
      keys.push(priority?.priorityKey);
      expect(searchAttributes).toMatchObject({ MailroomAccount: [ACCOUNT], MailroomStage: ['settled'] });
    }
    expect(keys).toEqual([3, 5, 2]);
    await expectSmallHistory(handle);
  });

  test('does not double a run that is alive', async () => {
    const held = holdMessages(room, ['alive']);
    pages([orphan('alive')]);
    expect(await (await sweep()).result()).toEqual({ started: 1 });
    await held.entered('alive');
    expect(await (await sweep()).result()).toEqual({ started: 0 });
    held.release('alive');
    expect(await childHandle(room, ACCOUNT, 'alive').result()).toMatchObject({ outcome: 'processed' });
    expect(countRuns(room, 'alive')).toBe(1);
  });

  test('takes up what was terminated', async () => {
    room.fakes.plan('ended', 'draft');
    pages([orphan('ended')]);
    await (await sweep()).result();
    const run = childHandle(room, ACCOUNT, 'ended');
    const first = (await run.describe()).runId;
    await run.terminate('by hand');
    expect(await (await sweep()).result()).toEqual({ started: 1 });
    const again = await run.describe();
    expect([again.status.name, again.runId === first]).toEqual(['RUNNING', false]);
    await expect(
      room.client.workflow.start('processMessage', {
        workflowId: run.workflowId,
        taskQueue: QUEUE_NAMES.main,
        args: [orphan('ended')],
      }),
    ).rejects.toBeInstanceOf(WorkflowExecutionAlreadyStartedError);
    await run.terminate('end of the test');
  });

  test('outlasts a Temporal or a Postgres that is away for a moment', async () => {
    let failures = 2;
    room.fakes.on('findOrphans', '', async () => {
      failures -= 1;
      if (failures >= 0) throw new ServiceError('Unavailable', 'It restarts');
      return { orphans: [], next: undefined };
    });
    expect(await (await sweep()).result()).toEqual({ started: 0 });
  });
});
