import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeDraft, propose } from './support/make-draft.ts';
import { openStores, type TestStores } from './support/open-stores.ts';

let stores: TestStores;
beforeAll(async () => {
  stores = await openStores();
});
afterAll(() => stores.close());

describe('a proposed draft', () => {
  it('comes back as it went in', async () => {
    const draft = await propose(stores, {
      cc: [{ name: 'Copy', address: 'copy@example.com' }],
      automatic: true,
    });
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
    const pending = await propose(stores);
    const approved = await propose(stores, { state: 'approved' });
    expect(await stores.messageList.get(pending.messageId)).toMatchObject({
      state: 'awaiting-approval',
      stage: 'approval',
    });
    expect(await stores.messageList.get(approved.messageId)).toMatchObject({ state: 'parked' });
  });

  it('is not overwritten by a second proposal', async () => {
    const draft = await propose(stores);
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
    const draft = await makeDraft(stores);
    const proposals = Array.from({ length: 5 }, (_, index) =>
      stores.drafts.propose({ ...draft, id: `${draft.id}-${index}` }).catch((error: unknown) => error),
    );
    const answers = await Promise.all(proposals);
    const kept = await stores.drafts.findByMessage(draft.messageId);
    for (const answer of answers) expect([kept?.id, 'Unavailable']).toContain(pickIdOrType(answer));
    expect(await stores.drafts.propose(draft)).toMatchObject({ id: kept?.id });
  });

  it('tells a later proposal that it was rejected', async () => {
    const draft = await propose(stores);
    await stores.drafts.decide(draft.id, draft.hash, 'rejected', 'ada');
    await stores.messages.recordStage(draft.messageId, 'draft', 'running');
    expect((await stores.drafts.propose(draft)).state).toBe('rejected');
    expect((await stores.messageList.get(draft.messageId)).state).toBe('running');
  });

  it('takes what PostgreSQL cannot hold', async () => {
    const draft = await propose(stores, {
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
    const draft = await makeDraft(stores);
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
    const draft = await propose(stores);
    await stores.drafts.decide(draft.id, draft.hash, 'approved', 'ada');
    const first = await stores.drafts.get(draft.id);
    await stores.drafts.decide(draft.id, draft.hash, 'approved', 'bob');
    expect(await stores.drafts.get(draft.id)).toEqual(first);
    expect(first).toMatchObject({ state: 'approved', decidedBy: 'ada' });
  });

  it('cannot be turned into another one', async () => {
    const draft = await propose(stores);
    await stores.drafts.decide(draft.id, draft.hash, 'rejected', 'ada');
    const late = stores.drafts.decide(draft.id, draft.hash, 'approved', 'bob');
    await expect(late).rejects.toMatchObject({ type: 'Conflict', message: 'The draft is rejected already' });
  });

  it.each(['approved', 'rejected'] as const)('that says %s outlives the expiry', async (state) => {
    const draft = await propose(stores);
    expect(await stores.drafts.decide(draft.id, draft.hash, state, 'ada')).toBe(state);
    expect(await stores.drafts.decide(draft.id, draft.hash, 'expired', 'mailroom')).toBe(state);
    expect(await stores.drafts.get(draft.id)).toMatchObject({ state, decidedBy: 'ada' });
  });

  it('of a text that has changed since is refused', async () => {
    const draft = await propose(stores);
    const stale = stores.drafts.decide(draft.id, 'older', 'approved', 'ada');
    await expect(stale).rejects.toMatchObject({ type: 'Conflict' });
    expect((await stores.drafts.get(draft.id)).state).toBe('pending');
    await expect(stores.drafts.decide('none', 'x', 'approved', 'ada')).rejects.toMatchObject({
      type: 'NotFound',
    });
  });

  it('is one when two people decide at the same time', async () => {
    const draft = await propose(stores);
    const ends = await Promise.allSettled([
      stores.drafts.decide(draft.id, draft.hash, 'approved', 'ada'),
      stores.drafts.decide(draft.id, draft.hash, 'rejected', 'bob'),
    ]);
    expect(ends.map((end) => end.status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});

describe('a draft whose message is put aside', () => {
  it.each(['skipped', 'cancelled'] as const)(
    'is withdrawn when it is %s, and proposed anew',
    async (outcome) => {
      const draft = await propose(stores);
      await stores.messages.settle(draft.messageId, outcome, 'api: not ours');
      expect(await stores.drafts.get(draft.id)).toMatchObject({
        state: 'expired',
        decidedBy: 'api: not ours',
      });
      await stores.messages.reopen([draft.messageId]);
      expect(await stores.drafts.findByMessage(draft.messageId)).toBeUndefined();
      expect(await stores.drafts.propose({ ...draft, hash: 'new' })).toMatchObject({
        state: 'pending',
        hash: 'new',
      });
    },
  );

  it('stays as it was decided', async () => {
    const draft = await propose(stores);
    await stores.drafts.decide(draft.id, draft.hash, 'rejected', 'ada');
    await stores.messages.settle(draft.messageId, 'skipped', undefined);
    await stores.messages.reopen([draft.messageId]);
    expect(await stores.drafts.get(draft.id)).toMatchObject({ state: 'rejected', decidedBy: 'ada' });
  });

  it('stays open when its message ends in another way', async () => {
    const draft = await propose(stores);
    await stores.messages.settle(draft.messageId, 'processed', undefined);
    expect((await stores.drafts.get(draft.id)).state).toBe('pending');
  });
});
