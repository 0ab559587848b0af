import { describe, expect, it } from 'vitest';
import type { ActivityDependencies, Deciders } from '../../activities/dependencies.ts';
import { createReplyWriter } from '../../src/create-reply-writer.ts';
import { AUTOMATIC_KINDS, type MessageView } from '../../src/domain/message.ts';
import type { Sender } from '../../src/mail/smtp/sender.ts';
import { ACCOUNT, createFakes, REF } from './support/fake-dependencies.ts';
import { createFakeDrafts, DRAFT } from './support/fake-drafts.ts';
import { classification, LOCAL, RECEIVED_AT, reading, TAXONOMY, VIEW } from './support/readings.ts';
import { failureOf, runActivity } from './support/run-activity.ts';

const SENDER: Sender = {
  send: () => Promise.reject(new Error('not here')),
  ping: () => Promise.reject(new Error('not here')),
  close: () => Promise.resolve(),
};

/** With the real reply writer, over a message of this category that has no draft yet. */
function open(
  id: string,
  view: Partial<MessageView> = {},
  changes: Partial<ActivityDependencies & Deciders> = {},
) {
  const drafts = createFakeDrafts();
  drafts.rows.clear();
  const fakes = createFakes({ writeReply: createReplyWriter(TAXONOMY), ...changes }, drafts);
  Object.assign(fakes.message, {
    view: { ...VIEW, ...view },
    provenance: LOCAL.provenance,
    classification: classification(id),
    priority: { priority: 'NORMAL', reasons: [] },
    summary: { line: 'wants an offer', points: [] },
  });
  return { ...fakes, draft: () => runActivity(fakes.deps, 'draftReply', REF) };
}

const automatic = (kind: MessageView['automatic']['kind']) => ({
  automatic: { kind, reasons: ['List-Id: <x>'] },
});

describe('an answer', () => {
  it('is proposed to the sender and waits for a person', async () => {
    const { draft, drafts } = open('order');
    const facts = await draft();
    expect(facts).toMatchObject({ draftId: 'draft-m1', approval: 'person', why: 'a person approves' });
    expect(drafts.rows.get('draft-m1')).toMatchObject({
      state: 'pending',
      automatic: false,
      to: [{ name: 'Ada', address: 'ada@example.com' }],
      from: { address: 'sales@example.org' },
      text: expect.stringContaining('Thank you, Ada.'),
      hash: facts.hash,
    });
  });

  it('follows the category that a person chose after the engines had decided', async () => {
    const { draft, drafts, message, memory } = open('order');
    memory.set(REF.messageId, {
      view: VIEW,
      account: ACCOUNT,
      receivedAt: RECEIVED_AT,
      ...reading('order', 'local'),
    });
    message.chosenCategory = 'silent';
    expect(await draft()).toMatchObject({ draftId: undefined, why: 'its category asks for no reply' });
    expect(drafts.rows.size).toBe(0);
  });

  it('is one, however often it is proposed', async () => {
    const { draft, drafts } = open('order');
    const first = await draft();
    expect(await draft()).toEqual(first);
    expect(drafts.rows.size).toBe(1);
  });

  it('goes out without a person where the category says so and mail can be sent', async () => {
    const { draft, drafts } = open('instant', {}, { sender: SENDER, needsSecondRead: () => false });
    expect(await draft()).toMatchObject({ approval: 'none', why: 'approved' });
    expect(drafts.rows.get('draft-m1')).toMatchObject({ state: 'approved', automatic: true });
  });

  it.each<[string, Partial<MessageView>, boolean]>([
    ['the decision is doubted', {}, true],
    [
      'the sender asks for no automatic answer',
      { automatic: { kind: 'person', reasons: ['X-Auto-Response-Suppress: All'] } },
      false,
    ],
    ['it would go to somebody else', { replyTo: [{ name: '', address: 'victim@example.com' }] }, false],
  ])('waits for a person, automatic category or not, where %s', async (_why, view, doubted) => {
    const { draft, drafts } = open('instant', view, { sender: SENDER, needsSecondRead: () => doubted });
    expect(await draft()).toMatchObject({ approval: 'person' });
    expect(drafts.rows.get('draft-m1')).toMatchObject({ state: 'pending' });
  });

  it('waits for a person where two readers disagree, however sure they are', async () => {
    const { draft, drafts, message } = open('instant', {}, { sender: SENDER, needsSecondRead: () => false });
    message.classification = { ...classification('instant'), needsPerson: 'order or instant' };
    expect(await draft()).toMatchObject({ approval: 'person' });
    expect(drafts.rows.get('draft-m1')).toMatchObject({ state: 'pending', automatic: false });
  });

  it('waits for a person where they disagree about the priority alone', async () => {
    const { draft, message } = open('instant', {}, { sender: SENDER, needsSecondRead: () => false });
    message.priority = { priority: 'HIGH', reasons: [], needsPerson: 'LOW or HIGH' };
    expect(await draft()).toMatchObject({ approval: 'person' });
  });

  it('goes out although it is not sure how pressing the message is', async () => {
    const { draft, message } = open('instant', {}, { sender: SENDER, needsSecondRead: () => false });
    message.priority = { priority: 'HIGH', reasons: [], needsPerson: '40 % sure', isUnsure: true };
    expect(await draft()).toMatchObject({ approval: 'none', why: 'approved' });
  });

  it('waits for a person where the category says so and no mail can be sent', async () => {
    const { draft, drafts } = open('instant');
    expect(await draft()).toMatchObject({ approval: 'person' });
    expect(drafts.rows.get('draft-m1')).toMatchObject({ state: 'pending', automatic: false });
  });

  it('that a person edited is not overwritten', async () => {
    const { draft, drafts } = open('order');
    drafts.rows.set(DRAFT.id, { ...DRAFT, state: 'pending', text: 'My own words', hash: 'edited' });
    expect(await draft()).toMatchObject({ draftId: DRAFT.id, hash: 'edited', approval: 'person' });
    expect(drafts.rows.size).toBe(1);
  });

  it('uses what the steps before left in memory, without asking Postgres', async () => {
    const { deps, memory, drafts } = open('instant');
    const { priority } = reading('order', 'local');
    const known = {
      view: VIEW,
      account: ACCOUNT,
      receivedAt: RECEIVED_AT,
      priority,
      classification: classification('order'),
    };
    memory.set(REF.messageId, { ...known, summary: { line: 'x', points: [] } });
    const messages = { ...deps.messages, getAnalysis: () => Promise.reject(new Error('not expected')) };
    await runActivity({ ...deps, messages }, 'draftReply', REF);
    expect(drafts.rows.size).toBe(1);
  });
});

describe('no answer', () => {
  it('goes where the category in force asks for none, whatever was planned', async () => {
    const { draft, drafts } = open('silent');
    drafts.rows.clear();
    expect(await draft()).toMatchObject({ draftId: undefined, why: 'its category asks for no reply' });
    expect(drafts.rows.size).toBe(0);
  });

  it.each(AUTOMATIC_KINDS.filter((kind) => kind !== 'person'))('goes to %s', async (kind) => {
    for (const id of ['order', 'instant']) {
      const { draft, drafts } = open(id, automatic(kind), { sender: SENDER });
      const facts = await draft();
      expect(facts.draftId).toBeUndefined();
      expect(facts.why).not.toBe('');
      expect(drafts.rows.size).toBe(0);
    }
  });

  it.each(['rejected', 'expired'] as const)('is proposed again after one was %s', async (state) => {
    const { draft, drafts } = open('order');
    drafts.rows.set(DRAFT.id, { ...DRAFT, state });
    expect(await draft()).toMatchObject({ draftId: undefined, why: `an earlier draft was ${state}` });
  });

  it.each([
    ['the sender has no address', { from: { name: 'Ada', address: '' } }],
    ['the sender is no person', { from: { name: '', address: 'no-reply@example.com' } }],
    ['the sender is the account itself', { from: { name: '', address: ACCOUNT.address } }],
    ['the address holds a line break', { from: { name: '', address: 'ada@example.com\r\nBcc: x@y' } }],
  ])('is due when %s', async (_why, view) => {
    const { draft, drafts } = open('order', view);
    expect((await draft()).draftId).toBeUndefined();
    expect(drafts.rows.size).toBe(0);
  });

  it('is due from an account without an address', async () => {
    const { deps, drafts } = open('order');
    const accounts = { ...deps.accounts, get: async () => ({ ...ACCOUNT, address: '' }) };
    const facts = await runActivity({ ...deps, accounts }, 'draftReply', REF);
    expect(facts.why).toContain('no address');
    expect(drafts.rows.size).toBe(0);
  });

  it('is due in a category that is no longer there', async () => {
    expect(await open('gone').draft()).toMatchObject({
      draftId: undefined,
      why: expect.stringContaining('taxonomy'),
    });
  });

  it('is due without a text for it', async () => {
    const writeReply = createReplyWriter({ ...TAXONOMY, replies: {} });
    expect((await open('order', {}, { writeReply }).draft()).why).toContain('no reply text');
  });
});

it('is NotFound before the message was classified', async () => {
  const { deps, message } = createFakes();
  message.view = VIEW;
  expect(await failureOf(runActivity(deps, 'draftReply', REF))).toMatchObject({ type: 'NotFound' });
});
