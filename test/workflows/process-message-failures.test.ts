import { ApplicationFailure } from '@temporalio/common';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { ActivityName } from '../../src/contract/activities.ts';
import { retryNow } from '../../src/contract/process-message.ts';
import { ServiceError } from '../../src/domain/service-error.ts';
import { loadTemporalConfig } from '../../src/temporal-config.ts';
import { expectSmallHistory, MAIL_MARKER } from '../support/inspect-history.ts';
import { ACCOUNT, openWorkflowRoom, PATIENCE, type WorkflowRoom } from '../support/run-workflows.ts';

let room: WorkflowRoom;
beforeAll(async () => {
  room = await openWorkflowRoom();
});
afterEach(async () => {
  for (const handle of room.started.splice(0)) await expectSmallHistory(handle);
});
afterAll(() => room.stop());

const HOUR_MS = 3_600_000;
const countOf = (name: ActivityName, id: string) => room.fakes.requestsOf(name, id).length;

function fail(name: ActivityName, id: string, error: Error, times = Number.POSITIVE_INFINITY) {
  const succeed = room.fakes.scriptOf(name, id);
  room.fakes.on(name, id, async (request, n) => {
    if (n <= times) throw error;
    return succeed(request, n);
  });
}

describe('a step that fails for good', () => {
  test.each([
    ['readMessage', 'read'],
    ['classifyMessage', 'classify'],
    ['prioritizeMessage', 'prioritize'],
    ['syncPartner', 'sync'],
    ['draftReply', 'draft'],
  ] as const)('at %s puts the message into quarantine and completes its run', async (name, stage) => {
    const id = `broken-${name}`;
    room.fakes.plan(id, 'sync', 'draft');
    fail(name, id, new ServiceError('InvalidInput', 'It cannot be used', { fix: 'Look at the source.' }));
    const handle = await room.startMessage(id);
    expect(await handle.result()).toMatchObject({ outcome: 'quarantined' });
    expect((await handle.describe()).status.name).toBe('COMPLETED');
    expect(countOf(name, id), 'what cannot succeed is not tried again').toBe(1);
    expect(room.fakes.recordsOf('quarantineMessage', id)).toEqual([
      {
        accountId: ACCOUNT,
        messageId: id,
        stage,
        failureType: 'InvalidInput',
        reason: 'It cannot be used. Look at the source.',
      },
    ]);
    expect(countOf('settleMessage', id)).toBe(0);
  });

  test('holds up no other message', async () => {
    fail('readMessage', 'sick', new ServiceError('Rejected', 'No'));
    const sick = await room.startMessage('sick');
    const healthy = await room.startMessage('healthy');
    expect(await healthy.result()).toMatchObject({ outcome: 'processed' });
    expect(await sick.result()).toMatchObject({ outcome: 'quarantined' });
  });

  test('says nothing of the mail, even when an unexpected error quotes it', async () => {
    fail('classifyMessage', 'quoted', new TypeError(`cannot read ${MAIL_MARKER}`));
    const handle = await room.startMessage('quoted');
    expect(await handle.result()).toMatchObject({ outcome: 'quarantined' });
    const [parked] = room.fakes.recordsOf('quarantineMessage', 'quoted');
    expect(parked).toMatchObject({ failureType: 'Internal', stage: 'classify' });
    expect(parked?.reason).not.toContain(MAIL_MARKER);
  });

  test('is named in the words of the table, whatever it called itself', async () => {
    fail('syncPartner', 'odd', ApplicationFailure.nonRetryable('Odd', 'SomethingOfTheSdk'));
    room.fakes.plan('odd', 'sync');
    await (await room.startMessage('odd')).result();
    expect(room.fakes.recordsOf('quarantineMessage', 'odd')).toMatchObject([{ failureType: 'Internal' }]);
  });
});

describe('a step that may succeed later', () => {
  test.each(['readMessage', 'syncPartner'] as const)('is tried again: %s', async (name) => {
    const id = `flaky-${name}`;
    room.fakes.plan(id, 'sync');
    fail(name, id, new ServiceError('Unavailable', 'Away'), 2);
    expect(await (await room.startMessage(id)).result()).toMatchObject({ outcome: 'processed' });
    expect(countOf(name, id)).toBe(3);
  });

  test('is tried as often as temporal.yaml says, then parked with what it said last', async () => {
    fail('summarizeMessage', 'away', new ServiceError('Unavailable', 'Away'));
    expect(await (await room.startMessage('away')).result()).toMatchObject({ outcome: 'quarantined' });
    const { attempts } = loadTemporalConfig().policy.activities.summarizeMessage.retry;
    expect(countOf('summarizeMessage', 'away')).toBe(attempts);
    expect(room.fakes.recordsOf('quarantineMessage', 'away')).toMatchObject([
      { stage: 'summarize', failureType: 'Unavailable', reason: 'Away' },
    ]);
  });

  test('is asked twice for an answer that does not fit, and then done without', async () => {
    room.fakes.plan('misfit', 'consult');
    fail('consultModel', 'misfit', new ServiceError('OutputInvalid', 'Not JSON'));
    expect(await (await room.startMessage('misfit')).result()).toMatchObject({ outcome: 'processed' });
    expect(countOf('consultModel', 'misfit')).toBe(2);
  });

  test.each(['settleMessage', 'quarantineMessage'] as const)('never gives up %s', async (name) => {
    const id = `record-${name}`;
    if (name === 'quarantineMessage') fail('readMessage', id, new ServiceError('NotFound', 'Gone'));
    fail(name, id, new ServiceError('Unavailable', 'The database is away'), 5);
    const outcome = name === 'settleMessage' ? 'processed' : 'quarantined';
    expect(await (await room.startMessage(id)).result()).toMatchObject({ outcome });
    expect(countOf(name, id)).toBe(6);
  });
});

describe('retryNow', () => {
  test.each(['readMessage', 'syncPartner'] as const)('ends the wait of an hour of %s', async (name) => {
    const id = `hurried-${name}`;
    room.fakes.plan(id, 'sync');
    fail(name, id, new ServiceError('Unavailable', 'Away', { retryAfterMs: HOUR_MS }), 1);
    const handle = await room.startMessage(id);
    await vi.waitFor(async () => {
      const { pendingActivities } = (await handle.describe()).raw;
      const { events } = await handle.fetchHistory();
      const isWaiting =
        (pendingActivities ?? []).some(({ attempt }) => attempt === 2) ||
        (events ?? []).some((event) => event.timerStartedEventAttributes);
      expect(isWaiting).toBe(true);
    }, PATIENCE);
    await handle.signal(retryNow);
    expect(await handle.result()).toMatchObject({ outcome: 'processed' });
    expect(countOf(name, id)).toBe(2);
  });

  test.each([
    ['readMessage', 'ending when told'],
    ['syncPartner', 'ending when told'],
    ['readMessage', 'deaf'],
    ['syncPartner', 'deaf'],
  ] as const)('while %s runs (%s) never lets two attempts run', async (name, how) => {
    const id = `twice-${name}-${how}`;
    room.fakes.plan(id, 'sync');
    const isDeaf = how === 'deaf';
    const gate = room.fakes.hold(name, id, isDeaf ? 'deaf' : undefined);
    const held = room.fakes.scriptOf(name, id);
    let running = 0;
    let most = 0;
    let ended = 0;
    room.fakes.on(name, id, async (request, n) => {
      most = Math.max(most, ++running);
      try {
        return await (n === 1 ? held(request, n) : room.fakes.standard[name](request, n));
      } finally {
        running -= 1;
        ended += 1;
      }
    });
    const handle = await room.startMessage(id, { taskTimeoutMs: 2_000 });
    await gate.entered;
    await handle.signal(retryNow);
    // A deaf attempt is over when it wants to be; its result then counts.
    if (isDeaf) {
      await handle.query('__stack_trace');
      expect([running, ended]).toEqual([1, 0]);
      gate.open((await room.fakes.standard[name](undefined as never, 1)) as never);
    }
    expect(await handle.result()).toMatchObject({ outcome: 'processed' });
    expect(most).toBe(1);
    expect(ended).toBe(isDeaf ? 1 : 2);
  });

  test('that cuts off an attempt does not count as its failure', async () => {
    room.fakes.plan('cut', 'sync');
    const gate = room.fakes.hold('syncPartner', 'cut');
    const held = room.fakes.scriptOf('syncPartner', 'cut');
    room.fakes.on('syncPartner', 'cut', async (request, n) => {
      if (n > 1) return room.fakes.standard.syncPartner(request, n);
      // What a driver says whose connection was closed under it.
      return held(request, n).catch(() => Promise.reject(new ServiceError('Rejected', 'Connection closed')));
    });
    const handle = await room.startMessage('cut');
    await gate.entered;
    await handle.signal(retryNow);
    expect(await handle.result()).toMatchObject({ outcome: 'processed' });
    expect(countOf('syncPartner', 'cut')).toBe(2);
  });
});
