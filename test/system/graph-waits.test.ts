import { expect, test } from 'vitest';
import { createFakes } from '../activities/support/fake-dependencies.ts';
import { PULL } from '../activities/support/open-door.ts';
import { failureOf, runActivity } from '../activities/support/run-activity.ts';
import { openTestApi } from '../api/support/open-test-api.ts';
import { ACCOUNT } from '../api/support/seed-mail.ts';
import { graphRoom } from '../support/graph/graph-room.ts';

const room = graphRoom();

test('Graph that asks for ten minutes is left alone by all pulls, which everybody can see, and read on then', async () => {
  const api = await openTestApi();
  try {
    await api.stores.accounts.add({ ...ACCOUNT, kind: 'graph', mode: 'auto' }, undefined);
    const { accounts, intake } = api.stores;
    const { deps } = createFakes({
      accounts,
      intake,
      openAccount: async () => room.open(),
      now: () => new Date(),
    });
    const page = (batchId: string) =>
      runActivity(deps, 'fetchPage', { ...PULL, accountId: ACCOUNT.id, batchId });
    const health = async () => (await api.app.inject({ url: `/api/accounts/${ACCOUNT.id}` })).json().health;
    const sent = () => room.controls.counters().requests['GET delta'] ?? 0;

    room.deliver('one');
    room.controls.faults({ script: [{ fault: 'throttle', match: 'delta' }], retryAfterSeconds: 600 });
    expect(await failureOf(page('pull-1'))).toMatchObject({ type: 'RateLimited', nextRetryDelay: 600_000 });
    await api.sql`update account set last_pull_at = last_pull_at - interval '40 minutes'`;
    await api.sql`update provider_wait set asked_at = asked_at - interval '40 minutes'`;
    expect(await health()).toMatchObject({
      state: 'waiting',
      reason: expect.stringMatching(
        /^Waiting until .*[0-9]{2}:[0-9]{2} UTC because its provider asked: \S+ asks to slow down/,
      ),
    });

    const before = sent();
    const told = await page('pull-2');
    expect(told).toMatchObject({ done: false, messageIds: [] });
    expect(told.waitMs).toBeGreaterThan(500_000);
    expect([sent(), (await health()).state]).toEqual([before, 'waiting']);

    await api.sql`update provider_wait set until = now() - interval '1 second'`;
    expect((await page('pull-1')).messageIds).toHaveLength(1);
    expect(await health()).toMatchObject({ state: 'processing', waitsUntil: null, errors: [] });
  } finally {
    await api.close();
  }
});
