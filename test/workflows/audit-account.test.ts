import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { QUEUE_NAMES } from '../../src/contract/queues.ts';
import { auditWorkflowId } from '../../src/contract/workflow-ids.ts';
import { ServiceError } from '../../src/domain/service-error.ts';
import type { auditAccount } from '../../workflows/audit-account.ts';
import type { auditAccounts } from '../../workflows/audit-accounts.ts';
import { toPage } from '../support/fake-activities.ts';
import { childHandle } from '../support/run-batches.ts';
import { openWorkflowRoom, type WorkflowRoom } from '../support/run-workflows.ts';

const DAY = 86_400_000;

let room: WorkflowRoom;
beforeAll(async () => {
  room = await openWorkflowRoom();
});
afterAll(() => room.stop());

async function audit(accountId: string) {
  const handle = await room.client.workflow.start<typeof auditAccount>('auditAccount', {
    workflowId: auditWorkflowId(accountId),
    taskQueue: QUEUE_NAMES.main,
    args: [{ accountId }],
  });
  return { handle, auditId: `audit-${(await handle.describe()).runId}` };
}

describe('an audit', () => {
  test('of a mailbox of which nothing is missing only compares', async () => {
    const { handle, auditId } = await audit('complete');
    expect(await handle.result()).toMatchObject({ missing: 0 });
    expect(room.fakes.requestsOf('auditMailbox', 'complete')).toEqual([{ accountId: 'complete', auditId }]);
    expect(room.fakes.requestsOf('healMailbox', 'complete')).toEqual([]);
    expect(room.fakes.recordsOf('finishAudit', 'complete')).toMatchObject([{ auditId }]);
  });

  test('fetches what is missing page by page, and starts it like any other mail', async () => {
    room.fakes.on('auditMailbox', 'holed', async () => ({ missing: 3, incomplete: undefined }));
    room.fakes.on('healMailbox', 'holed', async ({ page }) =>
      page === 0 ? toPage(['h-1', 'h-2'], false) : toPage(['h-3'], true),
    );
    const { handle, auditId } = await audit('holed');
    await handle.result();
    for (const id of ['h-1', 'h-2', 'h-3'])
      expect(await childHandle(room, 'holed', id).result()).toMatchObject({ outcome: 'processed' });
    expect(room.fakes.requestsOf('healMailbox', 'holed')).toMatchObject([
      { auditId, batchId: auditId, page: 0 },
      { auditId, batchId: auditId, page: 1 },
    ]);
  });

  test('counts as missing what cannot be fetched, and ends all the same', async () => {
    room.fakes.on('auditMailbox', 'stubborn', async () => ({ missing: 1, incomplete: 'No folder "Old"' }));
    const refuse = () => Promise.reject(new ServiceError('PermissionDenied', 'It is not handed over'));
    room.fakes.on('healMailbox', 'stubborn', refuse);
    await (await audit('stubborn')).handle.result();
    expect(room.fakes.recordsOf('finishAudit', 'stubborn')).toMatchObject([
      { note: 'No folder "Old"; It is not handed over' },
    ]);
  });

  test('of a provider that asks for a day ends at once and says so: the next audit is not held up by it', async () => {
    const slow = () =>
      Promise.reject(new ServiceError('RateLimited', 'Come back tomorrow', { retryAfterMs: DAY }));
    room.fakes.on('auditMailbox', 'tired', slow);
    const { handle } = await audit('tired');
    await expect(handle.result()).rejects.toThrow();
    expect(room.fakes.recordsOf('finishAudit', 'tired')).toMatchObject([{ failure: 'Come back tomorrow' }]);
  });

  test('does not ask again and again for what never comes', async () => {
    room.fakes.on('auditMailbox', 'empty', async () => ({ missing: 500, incomplete: undefined }));
    room.fakes.on('healMailbox', 'empty', async () => toPage([], false));
    await (await audit('empty')).handle.result();
    expect(room.fakes.requestsOf('healMailbox', 'empty')).toHaveLength(1);
  });

  test('goes on behind what never comes and what is gone by then, from where it came to', async () => {
    room.fakes.on('auditMailbox', 'rocky', async () => ({ missing: 500, incomplete: undefined }));
    room.fakes.on('healMailbox', 'rocky', async ({ page }) =>
      page < 2 ? { ...toPage([], false), after: page === 0 ? '' : 'k-200' } : toPage(['r-1'], true),
    );
    await (await audit('rocky')).handle.result();
    expect(room.fakes.requestsOf('healMailbox', 'rocky').map(({ after }) => after)).toEqual([
      undefined,
      '',
      'k-200',
    ]);
    expect(await childHandle(room, 'rocky', 'r-1').result()).toMatchObject({ outcome: 'processed' });
  });

  test('that cannot be made says why on record, and fails', async () => {
    const refuse = () => Promise.reject(new ServiceError('PermissionDenied', 'No listing here'));
    room.fakes.on('auditMailbox', 'closed', refuse);
    const { handle } = await audit('closed');
    await expect(handle.result()).rejects.toThrow();
    expect(room.fakes.recordsOf('finishAudit', 'closed')).toMatchObject([{ failure: 'No listing here' }]);
  });
});

describe('refused mail that is wanted again', () => {
  const pagesOf = (id: string) => room.fakes.requestsOf('healMailbox', id).map(({ page }) => page);

  test('while the mailbox is listed is fetched by that audit, however often it is wanted', async () => {
    const gate = room.fakes.hold('auditMailbox', 'listing');
    const { handle } = await audit('listing');
    await gate.entered;
    for (let n = 0; n < 3; n += 1) await room.controls.fetchWanted('listing');
    room.fakes.on('healMailbox', 'listing', async () => toPage(['wanted-1'], true));
    gate.open({ missing: 0, incomplete: undefined });
    await handle.result();
    expect(pagesOf('listing')).toEqual([0]);
    expect(await childHandle(room, 'listing', 'wanted-1').result()).toMatchObject({ outcome: 'processed' });
    expect(room.fakes.requestsOf('auditMailbox', 'listing')).toHaveLength(1);
  });

  test('while what is missing is fetched comes on a page after it, from the first key on', async () => {
    const gate = room.fakes.hold('healMailbox', 'healing');
    room.fakes.on('auditMailbox', 'healing', async () => ({ missing: 1, incomplete: undefined }));
    const { handle } = await audit('healing');
    await gate.entered;
    await room.controls.fetchWanted('healing');
    room.fakes.on('healMailbox', 'healing', async ({ page }) => toPage([`later-${page}`], true));
    gate.open(toPage([], true));
    await handle.result();
    expect(pagesOf('healing')).toEqual([0, 1]);
    expect(room.fakes.requestsOf('healMailbox', 'healing')[1]).not.toHaveProperty('after');
    expect(await childHandle(room, 'healing', 'later-1').result()).toMatchObject({ outcome: 'processed' });
  });

  test.each([
    ['is fetched', async () => ({ ...toPage([], false), after: 'k-400' })],
    ['is refused', () => Promise.reject(new ServiceError('PermissionDenied', 'no'))],
  ])('while a page far behind the first key %s is looked for from the first key on', async (how, end) => {
    const id = `passed-${how.replaceAll(' ', '-')}`;
    room.fakes.on('auditMailbox', id, async () => ({ missing: 400, incomplete: undefined }));
    room.fakes.on('healMailbox', id, async ({ page }) => {
      if (page === 0) return { ...toPage([], false), after: 'k-200' };
      if (room.fakes.requestsOf('healMailbox', id).length > 2) return toPage([], true);
      await room.controls.fetchWanted(id);
      return end();
    });
    await (await audit(id)).handle.result();
    const afters = room.fakes.requestsOf('healMailbox', id).map(({ after }) => after);
    expect(afters).toEqual([undefined, 'k-200', undefined]);
  });

  test('while its end is put on record is not missed', async () => {
    const gate = room.fakes.hold('finishAudit', 'closing');
    const { handle } = await audit('closing');
    await gate.entered;
    await room.controls.fetchWanted('closing');
    const finish = room.fakes.standard.finishAudit;
    room.fakes.on('finishAudit', 'closing', finish);
    gate.open(await finish({ accountId: 'closing', auditId: '', failure: undefined }, 1));
    await handle.result();
    expect(pagesOf('closing')).toEqual([0]);
  });

  test('starts an audit where none runs, which needs no second look', async () => {
    await room.controls.fetchWanted('quiet');
    await room.client.workflow.getHandle(auditWorkflowId('quiet')).result();
    expect(room.fakes.requestsOf('auditMailbox', 'quiet')).toHaveLength(1);
    expect(pagesOf('quiet')).toEqual([]);
  });
});

describe('the audit of all accounts', () => {
  test('goes through every one, whatever becomes of another', async () => {
    const ids = ['all-1', 'all-2', 'all-3', 'all-4', 'all-5', 'all-6'];
    room.fakes.on('listAuditable', '', async () => ids);
    room.fakes.on('auditMailbox', 'all-2', () => Promise.reject(new ServiceError('PermissionDenied', 'No')));
    const handle = await room.client.workflow.start<typeof auditAccounts>('auditAccounts', {
      workflowId: 'audit-of-all',
      taskQueue: QUEUE_NAMES.main,
    });
    expect(await handle.result()).toEqual({ audited: 5, failed: ['all-2'] });
    for (const id of ids) expect(room.fakes.requestsOf('auditMailbox', id)).toHaveLength(1);
  });
});
