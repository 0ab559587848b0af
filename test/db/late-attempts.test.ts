import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parkOne } from './support/intake-pages.ts';
import { openStores, type TestStores } from './support/open-stores.ts';

let stores: TestStores;
beforeAll(async () => {
  stores = await openStores();
});
afterAll(() => stores.close());

const quarantine = (messageId: string, runId: string, reason = 'no') =>
  stores.quarantine.addMessage({ messageId, stage: 'sync', failureType: 'Rejected', reason, runId });

describe('an attempt that comes late', () => {
  it('does not set a message back that has ended', async () => {
    const id = await parkOne(stores, 'sent');
    expect(await stores.messages.settle(id, 'sent', undefined, { runId: 'one' })).toBe(true);
    await stores.messages.recordStage(id, 'send', 'running');
    await quarantine(id, 'two');
    expect(await stores.messages.settle(id, 'cancelled', 'late', { runId: 'two' })).toBe(false);
    expect(await stores.messageList.get(id)).toMatchObject({
      state: 'settled',
      stage: 'settled',
      outcome: 'sent',
      note: null,
    });
    expect(await stores.quarantine.countOpen()).toBe(0);
  });

  it.each(['settle', 'quarantine'] as const)(
    'of an earlier run (%s) does not end a message that was reopened',
    async (how) => {
      const id = await parkOne(stores, `reopened-${how}`);
      await quarantine(id, 'one', 'first');
      await stores.messages.reopen([id]);
      await stores.quarantine.resolveMessage(id, 'retried');
      if (how === 'settle') await stores.messages.settle(id, 'cancelled', 'late', { runId: 'one' });
      else await quarantine(id, 'one', 'late');
      expect(await stores.messageList.get(id)).toMatchObject({ state: 'parked', outcome: null });
      await stores.messages.settle(id, 'processed', undefined, { runId: 'two' });
      expect(await stores.messageList.get(id)).toMatchObject({ state: 'settled', outcome: 'processed' });
      expect(await stores.quarantine.countOpen()).toBe(0);
    },
  );

  it('is harmless when it repeats what is on record', async () => {
    const id = await parkOne(stores, 'repeated');
    await quarantine(id, 'one', 'first');
    await quarantine(id, 'one', 'again');
    expect(await stores.messageList.get(id)).toMatchObject({ state: 'quarantined', note: 'first' });
    expect(await stores.quarantine.list({ open: true, limit: 10 })).toMatchObject([{ reason: 'first' }]);
    await expect(quarantine('none', 'one')).rejects.toMatchObject({ type: 'NotFound' });
  });

  it('of a run leaves what was put aside; a person may end that otherwise, and nothing that is processed', async () => {
    const id = await parkOne(stores, 'put-aside');
    await quarantine(id, 'one');
    expect(await stores.messages.settle(id, 'processed', undefined, { runId: 'two' })).toBe(false);
    expect(await stores.messages.settle(id, 'skipped', 'not ours', { putAside: true })).toBe(true);
    expect(await stores.messages.settle(id, 'cancelled', 'nor theirs', { putAside: true })).toBe(true);
    expect((await stores.messageList.get(id)).state).toBe('cancelled');
    const done = await parkOne(stores, 'done');
    await stores.messages.settle(done, 'processed', undefined);
    expect(await stores.messages.settle(done, 'skipped', 'x', { putAside: true })).toBe(false);
  });
});
