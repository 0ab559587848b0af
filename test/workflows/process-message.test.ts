import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  changePriorityUpdate,
  messageStatus,
  type PriorityChange,
  retryNow,
  skipMessage,
} from '../../src/contract/process-message.ts';
import {
  ACCOUNT_ATTRIBUTE,
  CATEGORY_ATTRIBUTE,
  OUTCOME_ATTRIBUTE,
  PRIORITY_ATTRIBUTE,
  STAGE_ATTRIBUTE,
} from '../../src/contract/search-attributes.ts';
import { ServiceError } from '../../src/domain/service-error.ts';
import { draftOf } from '../support/fake-activities.ts';
import { countEvents, expectSmallHistory } from '../support/inspect-history.ts';
import { ACCOUNT, openWorkflowRoom, type WorkflowRoom } from '../support/run-workflows.ts';

let room: WorkflowRoom;
beforeAll(async () => {
  room = await openWorkflowRoom();
});
afterEach(async () => {
  for (const handle of room.started.splice(0)) await expectSmallHistory(handle);
});
afterAll(() => room.stop());

const PLAIN = ['readMessage', 'classifyMessage', 'prioritizeMessage', 'summarizeMessage'];

describe('the chain', () => {
  test('reads, classifies, prioritizes, summarizes and settles, and nothing more', async () => {
    const handle = await room.startMessage('plain');
    expect(await handle.result()).toEqual({ outcome: 'processed', category: 'order', priority: 'NORMAL' });
    expect(room.fakes.namesOf('plain')).toEqual([...PLAIN, 'settleMessage']);
    expect(room.fakes.recordsOf('settleMessage', 'plain')).toEqual([
      { accountId: ACCOUNT, messageId: 'plain', outcome: 'processed' },
    ]);
  });

  test('goes no further than the summary when its message ended meanwhile', async () => {
    room.fakes.plan('ended-meanwhile', 'draft');
    const end = { outcome: 'cancelled', category: 'complaint', priority: 'LOW' } as const;
    room.fakes.on('summarizeMessage', 'ended-meanwhile', async () => end);
    expect(await (await room.startMessage('ended-meanwhile')).result()).toEqual(end);
    expect(room.fakes.namesOf('ended-meanwhile')).toEqual(PLAIN);
  });

  test('ends at once, and changes nothing, when its message had ended before the run began', async () => {
    room.fakes.on('readMessage', 'ended', async (request, n) => ({
      ...(await room.fakes.standard.readMessage(request, n)),
      ended: { outcome: 'skipped', category: undefined, priority: undefined },
    }));
    const handle = await room.startMessage('ended');
    expect(await handle.result()).toMatchObject({ outcome: 'skipped' });
    expect(room.fakes.namesOf('ended')).toEqual(['readMessage']);
  });

  test('asks a model between classify and prioritize when the classification is not sure', async () => {
    room.fakes.plan('unsure', 'consult');
    const handle = await room.startMessage('unsure');
    expect(await handle.result()).toMatchObject({ outcome: 'processed', category: 'complaint' });
    expect(room.fakes.namesOf('unsure')).toEqual([
      'readMessage',
      'classifyMessage',
      'consultModel',
      'prioritizeMessage',
      'summarizeMessage',
      'settleMessage',
    ]);
  });

  test('follows the plan of the model, not the one that it replaced', async () => {
    room.fakes.plan('replanned', 'consult', 'sync', 'draft');
    room.fakes.on('consultModel', 'replanned', async () => ({
      category: 'spam',
      confidence: 1,
      plan: { consult: false, sync: false, draft: false },
    }));
    await (await room.startMessage('replanned')).result();
    expect(room.fakes.namesOf('replanned')).not.toContain('syncPartner');
    expect(room.fakes.namesOf('replanned')).not.toContain('draftReply');
  });

  test('syncs, drafts and sends what a rule may send by itself', async () => {
    room.fakes.plan('whole', 'sync', 'draft');
    room.fakes.on('draftReply', 'whole', async () => ({
      ...draftOf('whole'),
      approval: 'none',
      why: 'approved',
    }));
    expect(await (await room.startMessage('whole')).result()).toMatchObject({ outcome: 'sent' });
    expect(room.fakes.namesOf('whole')).toEqual([
      ...PLAIN,
      'syncPartner',
      'draftReply',
      'deliverDraft',
      'settleMessage',
    ]);
    expect(room.fakes.requestsOf('deliverDraft', 'whole')).toEqual([
      { accountId: ACCOUNT, messageId: 'whole', draftId: 'draft-whole' },
    ]);
  });

  test('ends as processed when no reply is due', async () => {
    room.fakes.plan('no-reply', 'draft');
    room.fakes.on('draftReply', 'no-reply', async () => ({
      draftId: undefined,
      hash: undefined,
      approval: 'person',
      why: 'its sender is a machine',
    }));
    expect(await (await room.startMessage('no-reply')).result()).toMatchObject({ outcome: 'processed' });
    expect(room.fakes.namesOf('no-reply')).not.toContain('deliverDraft');
  });

  test('says so when nobody knows whether the reply went out', async () => {
    room.fakes.plan('unknown', 'draft');
    room.fakes.on('draftReply', 'unknown', async () => ({
      ...draftOf('unknown'),
      approval: 'none',
      why: 'approved',
    }));
    room.fakes.on('deliverDraft', 'unknown', async () => ({ state: 'UNKNOWN' }));
    expect(await (await room.startMessage('unknown')).result()).toMatchObject({
      outcome: 'delivery-unknown',
    });
  });
});

describe('the status', () => {
  const known = { category: 'complaint', priority: 'NORMAL' };
  test.each([
    ['readMessage', { stage: 'read' }],
    ['classifyMessage', { stage: 'classify' }],
    ['consultModel', { stage: 'consult' }],
    ['prioritizeMessage', { stage: 'prioritize', category: 'complaint' }],
    ['summarizeMessage', { stage: 'summarize', ...known }],
    ['syncPartner', { stage: 'sync', ...known }],
    ['draftReply', { stage: 'draft', ...known }],
    ['deliverDraft', { stage: 'send', ...known, draftId: 'draft-during-deliverDraft' }],
  ] as const)('during %s names the step and what is known by then', async (step, expected) => {
    const id = `during-${step}`;
    room.fakes.plan(id, 'consult', 'sync', 'draft');
    room.fakes.on('draftReply', id, async () => ({ ...draftOf(id), approval: 'none', why: 'approved' }));
    const stalled = room.fakes.stall(step, id);
    const handle = await room.startMessage(id);
    await stalled;
    expect(await handle.query(messageStatus)).toEqual({ waitingFor: 'nothing', ...expected });
    await handle.signal(skipMessage, { by: 'ada', reason: 'seen' });
    await handle.result();
  });

  test('names the draft that waits for a person, and nothing that waits at the end', async () => {
    room.fakes.plan('waits', 'draft');
    const handle = await room.startMessage('waits');
    await room.waitForApproval('waits');
    expect(await handle.query(messageStatus)).toEqual({
      stage: 'approval',
      category: 'order',
      priority: 'NORMAL',
      waitingFor: 'approval',
      draftId: 'draft-waits',
    });
    await handle.signal(skipMessage, { by: 'ada', reason: 'seen' });
    await handle.result();
    expect(await handle.query(messageStatus)).toMatchObject({ stage: 'settled', waitingFor: 'nothing' });
  });
});

describe('search attributes', () => {
  test('say account and stage from the start, and the result at the end, with one write', async () => {
    const stalled = room.fakes.stall('readMessage', 'found');
    const handle = await room.startMessage('found');
    await stalled;
    const before = (await handle.describe()).typedSearchAttributes;
    expect([before.get(ACCOUNT_ATTRIBUTE), before.get(STAGE_ATTRIBUTE)]).toEqual([ACCOUNT, 'read']);
    await handle.signal(retryNow);
    await handle.result();
    const after = (await handle.describe()).typedSearchAttributes;
    expect(
      [STAGE_ATTRIBUTE, CATEGORY_ATTRIBUTE, PRIORITY_ATTRIBUTE, OUTCOME_ATTRIBUTE].map((key) =>
        after.get(key),
      ),
    ).toEqual(['settled', 'order', 'NORMAL', 'processed']);
    expect(await countEvents(handle, 'upsertWorkflowSearchAttributesEventAttributes')).toBe(1);
  });

  test('say that a person is waited for', async () => {
    room.fakes.plan('pending', 'draft');
    const handle = await room.startMessage('pending');
    await room.waitForApproval('pending');
    const { typedSearchAttributes: attributes } = await handle.describe();
    expect(attributes.get(STAGE_ATTRIBUTE)).toBe('approval');
    expect(attributes.get(CATEGORY_ATTRIBUTE)).toBe('order');
    expect(attributes.get(OUTCOME_ATTRIBUTE)).toBeUndefined();
  });
});

describe("a person's choice of priority", () => {
  const change: { args: [PriorityChange] } = { args: [{ priority: 'URGENT', by: 'ada' }] };

  test('made before the rules have one is kept, and ends the wait of the step that held it up', async () => {
    const stalled = room.fakes.stall('readMessage', 'early');
    const handle = await room.startMessage('early');
    await stalled;
    await handle.executeUpdate(changePriorityUpdate, change);
    expect(await handle.result()).toMatchObject({ priority: 'URGENT' });
    expect(room.fakes.requestsOf('changePriority', 'early')).toEqual([
      { accountId: ACCOUNT, messageId: 'early', priority: 'URGENT', by: 'ada' },
    ]);
  });

  test('made after the rules had theirs replaces it, also for the steps that follow', async () => {
    room.fakes.plan('late', 'sync', 'draft');
    const stalled = room.fakes.stall('summarizeMessage', 'late');
    const handle = await room.startMessage('late');
    await stalled;
    await handle.executeUpdate(changePriorityUpdate, change);
    await room.waitForApproval('late');
    const { events } = await handle.fetchHistory();
    const scheduled = events?.find((event) => event.activityTaskScheduledEventAttributes);
    expect(scheduled?.activityTaskScheduledEventAttributes?.priority).toMatchObject({
      priorityKey: 1,
      fairnessKey: ACCOUNT,
    });
  });

  test('is refused when it is none, or cannot be put on record', async () => {
    const stalled = room.fakes.stall('readMessage', 'no-choice');
    room.fakes.on('changePriority', 'no-choice', async () => {
      throw new ServiceError('NotFound', 'There is no such message');
    });
    const handle = await room.startMessage('no-choice');
    await stalled;
    await expect(
      handle.executeUpdate(changePriorityUpdate, { args: [{ priority: 'SOON' as never, by: 'ada' }] }),
    ).rejects.toMatchObject({ cause: { type: 'InvalidInput' } });
    await expect(handle.executeUpdate(changePriorityUpdate, change)).rejects.toThrow();
    expect(await handle.result()).toMatchObject({ priority: 'NORMAL' });
  });
});
