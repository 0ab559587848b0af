import { expect, test } from 'vitest';
import { openTestApi } from '../api/support/open-test-api.ts';
import { ACCOUNT } from '../api/support/seed-mail.ts';
import { graphRoom, never, rawMail } from '../support/graph/graph-room.ts';

const STATE = 'a-secret-of-the-subscription';
const room = graphRoom();

test('Graph subscribes at our API, and each message tells the pull once, sent twice or not', async () => {
  const api = await openTestApi();
  try {
    const publicUrl = await api.app.listen({ host: '127.0.0.1', port: 0 });
    await api.stores.accounts.add({ ...ACCOUNT, kind: 'graph', mode: 'auto' }, undefined);
    const place = `push_subscription/client_state/${ACCOUNT.id}`;
    await api.stores.push.prepare(ACCOUNT.id, api.sealer.seal(Buffer.from(STATE), place));
    const mailbox = room.open();
    const made = await mailbox.subscribe?.(undefined, {
      publicUrl,
      clientState: STATE,
      findOthers: async () => new Set(),
      signal: never,
    });
    if (made === undefined) throw new Error('No subscription');
    await api.stores.push.save(ACCOUNT.id, made);

    room.controls.faults({ doubled: 1 });
    for (let n = 0; n < 5; n++) room.controls.deliver(room.user, 'inbox', rawMail(`mail-${n}`));
    await room.controls.settle();
    // A copy that comes at the same moment may be told as well; none is missed.
    expect(api.controls.calls.length).toBeGreaterThanOrEqual(5);
    expect(new Set(api.controls.calls.map(String))).toEqual(new Set([`notifyArrival,${ACCOUNT.id}`]));
    expect(room.controls.counters().calls).toEqual(Array.from({ length: 10 }, () => 202));

    expect(await api.stores.push.isDue(ACCOUNT.id, new Date())).toBe(false);
    room.controls.sendLifecycle('reauthorizationRequired');
    await room.controls.settle();
    expect(await api.stores.push.isDue(ACCOUNT.id, new Date())).toBe(true);
  } finally {
    await api.close();
  }
});
