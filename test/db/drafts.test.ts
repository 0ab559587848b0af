import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DELIVERY_STATES, type DeliveryState } from '../../src/domain/delivery.ts';
import type { Draft } from '../../src/domain/draft.ts';
import { parkOne } from './support/intake-pages.ts';
import { ACCOUNT, openStores, type TestStores } from './support/open-stores.ts';

let stores: TestStores;
beforeAll(async () => {
  stores = await openStores();
});
afterAll(() => stores.close());

let parked = 0;
async function makeDraft(facts: Partial<Draft> = {}): Promise<Draft> {
  const messageId = await parkOne(stores, `draft-${++parked}`);
  return {
    id: `draft-${messageId}`,
    messageId,
    accountId: ACCOUNT.id,
    state: 'pending',
    from: { name: 'Sales', address: 'sales@example.org' },
    to: [{ name: 'Ada', address: 'ada@example.com' }],
    cc: [],
    subject: 'Re: Offer',
    text: 'Thank you.',
    inReplyTo: 'a@example.com',
    references: ['root@example.com', 'a@example.com'],
    hash: `hash-${messageId}`,
    automatic: false,
    ...facts,
  };
}
async function propose(facts: Partial<Draft> = {}): Promise<Draft> {
  const draft = await makeDraft(facts);
  await stores.drafts.propose(draft);
  return draft;
}

describe('a proposed draft', () => {
  it('comes back as it went in', async () => {
    const draft = await propose({ cc: [{ name: 'Copy', address: 'copy@example.com' }], automatic: true });
    expect(await stores.drafts.get(draft.id)).toMatchObject({
      ...draft,
      decidedBy: undefined,
      delivery: undefined,
    });
    expect(await stores.drafts.findByMessage(draft.messageId)).toMatchObject({ id: draft.id });
    const [row] =
      await stores.sql`select jsonb_typeof(sender) as sender, jsonb_typeof(recipients) as recipients,
      jsonb_typeof("references") as refs from draft where id = ${draft.id}`;
    expect(row).toEqual({ sender: 'object', recipients: 'array', refs: 'array' });
  });

  it('lets its message wait for a person, unless it is approved from the start', async () => {
    const pending = await propose();
    const approved = await propose({ state: 'approved' });
    expect(await stores.messageList.get(pending.messageId)).toMatchObject({
      state: 'awaiting-approval',
      stage: 'approval',
    });
    expect(await stores.messageList.get(approved.messageId)).toMatchObject({ state: 'parked' });
  });

  it('is not overwritten by a second proposal', async () => {
    const draft = await propose();
    const again = await stores.drafts.propose({
      ...draft,
      id: 'another',
      text: 'Other words',
      hash: 'other',
    });
    expect(again).toEqual({ id: draft.id, state: 'pending', hash: draft.hash });
    expect((await stores.drafts.get(draft.id)).text).toBe('Thank you.');
  });

  it('is one when two runs propose at the same time', async () => {
    const draft = await makeDraft();
    const proposals = Array.from({ length: 5 }, (_, index) =>
      stores.drafts.propose({ ...draft, id: `${draft.id}-${index}` }).catch((error: unknown) => error),
    );
    const answers = await Promise.all(proposals);
    const kept = await stores.drafts.findByMessage(draft.messageId);
    for (const answer of answers) expect([kept?.id, 'Unavailable']).toContain(pickIdOrType(answer));
    expect(await stores.drafts.propose(draft)).toMatchObject({ id: kept?.id });
  });

  it('tells a later proposal that it was rejected', async () => {
    const draft = await propose();
    await stores.drafts.decide(draft.id, draft.hash, 'rejected', 'ada');
    await stores.messages.recordStage(draft.messageId, 'draft', 'running');
    expect((await stores.drafts.propose(draft)).state).toBe('rejected');
    expect((await stores.messageList.get(draft.messageId)).state).toBe('running');
  });

  it('takes what PostgreSQL cannot hold', async () => {
    const draft = await propose({
      subject: 'a\u0000',
      text: 'b\ud800',
      inReplyTo: 'c\u0000@x',
      references: ['d\u0000@x'],
    });
    expect(await stores.drafts.get(draft.id)).toMatchObject({
      subject: 'a\ufffd',
      text: 'b\ufffd',
      inReplyTo: 'c\ufffd@x',
      references: ['d\ufffd@x'],
    });
  });

  it('is refused for a message that is not there', async () => {
    const draft = await makeDraft();
    await expect(stores.drafts.propose({ ...draft, messageId: 'none' })).rejects.toMatchObject({
      type: 'NotFound',
    });
    await expect(stores.drafts.get('none')).rejects.toMatchObject({ type: 'NotFound' });
  });
});

function pickIdOrType(answer: unknown): unknown {
  if (typeof answer !== 'object' || answer === null) return undefined;
  if ('type' in answer) return answer.type;
  return 'id' in answer ? answer.id : undefined;
}

describe('a decision', () => {
  it('is on record with who made it, and harmless when it is made again', async () => {
    const draft = await propose();
    await stores.drafts.decide(draft.id, draft.hash, 'approved', 'ada');
    const first = await stores.drafts.get(draft.id);
    await stores.drafts.decide(draft.id, draft.hash, 'approved', 'bob');
    expect(await stores.drafts.get(draft.id)).toEqual(first);
    expect(first).toMatchObject({ state: 'approved', decidedBy: 'ada' });
  });

  it('cannot be turned into another one', async () => {
    const draft = await propose();
    await stores.drafts.decide(draft.id, draft.hash, 'rejected', 'ada');
    for (const verdict of ['approved', 'expired'] as const) {
      const late = stores.drafts.decide(draft.id, draft.hash, verdict, 'bob');
      await expect(late).rejects.toMatchObject({
        type: 'Conflict',
        message: 'The draft is rejected already',
      });
    }
  });

  it('of a text that has changed since is refused', async () => {
    const draft = await propose();
    const stale = stores.drafts.decide(draft.id, 'older', 'approved', 'ada');
    await expect(stale).rejects.toMatchObject({ type: 'Conflict' });
    expect((await stores.drafts.get(draft.id)).state).toBe('pending');
    await expect(stores.drafts.decide('none', 'x', 'approved', 'ada')).rejects.toMatchObject({
      type: 'NotFound',
    });
  });

  it('is one when two people decide at the same time', async () => {
    const draft = await propose();
    const ends = await Promise.allSettled([
      stores.drafts.decide(draft.id, draft.hash, 'approved', 'ada'),
      stores.drafts.decide(draft.id, draft.hash, 'rejected', 'bob'),
    ]);
    expect(ends.map((end) => end.status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});

describe('a delivery', () => {
  const allowed: Record<DeliveryState, DeliveryState[]> = {
    INTENT: ['SENDING', 'FAILED'],
    SENDING: ['SENT', 'UNKNOWN', 'FAILED', 'INTENT'],
    UNKNOWN: ['SENT', 'FAILED'],
    SENT: [],
    FAILED: [],
  };
  async function deliveryIn(state: DeliveryState): Promise<string> {
    const draft = await propose({ state: 'approved' });
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
    const draft = await propose({ state: 'approved' });
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
    const draft = await propose({ state: 'approved' });
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
