import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DELIVERY_STATES, type DeliveryState } from '../../src/domain/delivery.ts';
import { propose } from './support/make-draft.ts';
import { openStores, type TestStores } from './support/open-stores.ts';

let stores: TestStores;
beforeAll(async () => {
  stores = await openStores();
});
afterAll(() => stores.close());

describe('a delivery', () => {
  const allowed: Record<DeliveryState, DeliveryState[]> = {
    INTENT: ['SENDING', 'FAILED'],
    SENDING: ['SENT', 'UNKNOWN', 'FAILED', 'INTENT'],
    UNKNOWN: ['SENT', 'FAILED'],
    SENT: [],
    FAILED: [],
  };
  async function deliveryIn(state: DeliveryState): Promise<string> {
    const draft = await propose(stores, { state: 'approved' });
    const { id } = await stores.drafts.intend(draft.id, `delivery-${draft.id}`, `${draft.id}@example.org`);
    await stores.sql`update delivery set state = ${state} where id = ${id}`;
    return id;
  }
  const moves = DELIVERY_STATES.flatMap((from) => DELIVERY_STATES.map((to) => [from, to] as const));

  it.each(moves)('from %s to %s is made or refused as the table says', async (from, to) => {
    const id = await deliveryIn(from);
    const move = stores.drafts.moveDelivery(id, from, to);
    if (allowed[from].includes(to)) {
      expect(await move).toBe(true);
      expect(await stateOf(id)).toBe(to);
    } else {
      await expect(move).rejects.toMatchObject({ type: 'Internal' });
      expect(await stateOf(id)).toBe(from);
    }
  });

  it('keeps the Message-ID that was minted first', async () => {
    const draft = await propose(stores, { state: 'approved' });
    const [first, second] = await Promise.all([
      stores.drafts.intend(draft.id, 'one', `one-${draft.id}@x`),
      stores.drafts.intend(draft.id, 'two', `two-${draft.id}@x`),
    ]);
    expect(second).toEqual(first);
    expect(await stores.drafts.intend(draft.id, 'three', `three-${draft.id}@x`)).toEqual(first);
    expect((await stores.drafts.get(draft.id)).delivery).toEqual(first);
  });

  it('is moved by exactly one of many who try at the same time', async () => {
    const id = await deliveryIn('INTENT');
    const won = await Promise.all(
      Array.from({ length: 6 }, () => stores.drafts.moveDelivery(id, 'INTENT', 'SENDING')),
    );
    expect(won.filter(Boolean)).toHaveLength(1);

    const ends = await Promise.all([
      stores.drafts.moveDelivery(id, 'SENDING', 'SENT'),
      stores.drafts.moveDelivery(id, 'SENDING', 'UNKNOWN'),
      stores.drafts.moveDelivery(id, 'SENDING', 'FAILED'),
    ]);
    expect(ends.filter(Boolean)).toHaveLength(1);
  });

  it('counts its attempts and keeps the last answer, cut to what fits', async () => {
    const draft = await propose(stores, { state: 'approved' });
    const { id } = await stores.drafts.intend(draft.id, `d-${draft.id}`, `${draft.id}@x`);
    await stores.drafts.moveDelivery(id, 'INTENT', 'SENDING');
    await stores.drafts.moveDelivery(id, 'SENDING', 'INTENT', { response: '421 later' });
    await stores.drafts.moveDelivery(id, 'INTENT', 'SENDING');
    expect((await stores.drafts.get(draft.id)).delivery).toMatchObject({
      attempts: 2,
      response: '421 later',
    });
    await stores.drafts.moveDelivery(id, 'SENDING', 'SENT', { response: `250 \u0000${'x'.repeat(600)}` });
    expect((await stores.drafts.get(draft.id)).delivery?.response).toHaveLength(500);
  });

  it.each([
    ['SENT', 'sent'],
    ['FAILED', 'processed'],
  ] as const)('that is unknown is settled as %s by a person, once', async (to, outcome) => {
    const id = await deliveryIn('UNKNOWN');
    const [row] = await stores.sql<{ draft_id: string; message_id: string }[]>`
      select draft_id, message_id from delivery join draft on draft.id = draft_id where delivery.id = ${id}`;
    const draftId = row?.draft_id ?? '';
    await stores.messages.settle(row?.message_id ?? '', 'delivery-unknown', undefined);
    await stores.drafts.settleUnknown(draftId, to, 'ada');
    expect(await stateOf(id)).toBe(to);
    expect(await stores.messageList.get(row?.message_id ?? '')).toMatchObject({ outcome, state: 'settled' });
    await expect(stores.drafts.settleUnknown(draftId, 'SENT', 'bob')).rejects.toMatchObject({
      type: 'Conflict',
    });
  });

  it.each(['INTENT', 'SENDING', 'SENT', 'FAILED'] as const)(
    'in state %s is no matter for a person',
    async (state) => {
      const id = await deliveryIn(state);
      const [row] = await stores.sql<{ draft_id: string }[]>`select draft_id from delivery where id = ${id}`;
      const settled = stores.drafts.settleUnknown(row?.draft_id ?? '', 'SENT', 'ada');
      await expect(settled).rejects.toMatchObject({ type: 'Conflict' });
      expect(await stateOf(id)).toBe(state);
    },
  );
});

async function stateOf(id: string): Promise<string | undefined> {
  const [row] = await stores.sql<{ state: string }[]>`select state from delivery where id = ${id}`;
  return row?.state;
}
