import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BouncedRecipient } from '../../src/domain/bounce.ts';
import { parkOne } from './support/intake-pages.ts';
import { propose } from './support/make-draft.ts';
import { ACCOUNT, openStores, type TestStores } from './support/open-stores.ts';

const ADA: BouncedRecipient = {
  address: 'ada@example.com',
  status: '5.1.1',
  reason: 'userunknown',
  hard: true,
};
const LATE: BouncedRecipient = { ...ADA, status: '4.4.7', reason: 'expired', hard: false };
const FULL: BouncedRecipient = { ...ADA, status: '5.2.2', reason: 'mailboxfull', hard: false };

let stores: TestStores;
beforeAll(async () => {
  stores = await openStores();
});
afterAll(() => stores.close());

let count = 0;
async function deliver(state = 'SENT') {
  const draft = await propose(stores, { state: 'approved' });
  const originalMessageId = `reply-${++count}@example.org`;
  const { id } = await stores.drafts.intend(draft.id, `v-${draft.id}`, originalMessageId);
  await stores.sql`update delivery set state = ${state} where id = ${id}`;
  const report = await parkOne(stores, `report-${count}`);
  const bouncesOf = async () => (await stores.drafts.get(draft.id)).bounces;
  return { draft, originalMessageId, report, bouncesOf };
}

describe('a report that a delivery came back', () => {
  it('is noted at that delivery, once, and leads back to the reply; the delivery stays sent', async () => {
    const { draft, originalMessageId, report, bouncesOf } = await deliver();
    const twice = { recipients: [ADA, LATE, FULL], originalMessageId };
    await stores.bounces.record(ACCOUNT.id, report, twice);
    await stores.bounces.record(ACCOUNT.id, report, twice);
    expect(await bouncesOf()).toEqual([
      { messageId: report, reportedAt: expect.any(Date), recipients: [ADA, FULL] },
    ]);
    expect((await stores.drafts.findByMessage(draft.messageId))?.delivery?.state).toBe('SENT');
    expect((await stores.drafts.list({ limit: 1 }))[0]?.bounces).toHaveLength(1);
    expect(await stores.bounces.findReply(report)).toEqual({
      draftId: draft.id,
      messageId: draft.messageId,
      subject: draft.subject,
    });
  });

  it('changes nothing when it names none of ours, another account, or nobody who was lost', async () => {
    const { originalMessageId, report, bouncesOf } = await deliver();
    const record = stores.bounces.record;
    await record(ACCOUNT.id, report, { recipients: [ADA], originalMessageId: 'guess@example.org' });
    await record(ACCOUNT.id, report, { recipients: [ADA], originalMessageId: undefined });
    await record('another', report, { recipients: [ADA], originalMessageId });
    await record(ACCOUNT.id, report, { recipients: [LATE], originalMessageId });
    await record(ACCOUNT.id, report, {
      recipients: [{ ...ADA, status: '2.0.0', reason: 'delivered', hard: false }],
      originalMessageId,
    });
    expect(await bouncesOf()).toEqual([]);
    expect(await stores.bounces.findReply(report)).toBeUndefined();
  });

  it('counts for what was never sent as little as for a stranger', async () => {
    const { originalMessageId, report, bouncesOf } = await deliver('FAILED');
    await stores.bounces.record(ACCOUNT.id, report, { recipients: [ADA], originalMessageId });
    expect(await bouncesOf()).toEqual([]);
  });
});
