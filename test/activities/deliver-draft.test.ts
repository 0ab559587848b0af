import { describe, expect, it } from 'vitest';
import type { ActivityDependencies } from '../../activities/dependencies.ts';
import { ServiceError } from '../../src/domain/service-error.ts';
import type { Sender, SendRequest, SendResult } from '../../src/mail/smtp/sender.ts';
import { createFakes, REF } from './support/fake-dependencies.ts';
import { createFakeDrafts, DRAFT } from './support/fake-drafts.ts';
import { failureOf, type RunOptions, runActivity } from './support/run-activity.ts';

const REQUEST = { ...REF, draftId: DRAFT.id };
const SENT: SendResult = { kind: 'sent', response: '250 OK' };

type Answer = SendResult | Error | ((request: SendRequest) => Promise<SendResult>);

/** Answers in turn; a send that no answer was given for fails the test. */
function openSender(...answers: Answer[]) {
  const requests: SendRequest[] = [];
  const sender: Sender = {
    async send(request) {
      requests.push(request);
      const answer = answers.shift();
      if (answer === undefined) throw new Error('A send that nobody expected');
      if (answer instanceof Error) throw answer;
      return typeof answer === 'function' ? answer(request) : answer;
    },
    ping: () => Promise.reject(new Error('not here')),
    close: () => Promise.resolve(),
  };
  return { sender, requests };
}

function deliver(deps: ActivityDependencies, options: RunOptions = {}) {
  return runActivity(deps, 'deliverDraft', REQUEST, options);
}

describe('an approved draft', () => {
  it('is sent under a Message-ID that was on record before', async () => {
    const drafts = createFakeDrafts();
    const seen: unknown[] = [];
    const { sender, requests } = openSender(async () => {
      seen.push(drafts.delivery?.state, drafts.delivery?.messageIdHeader);
      return SENT;
    });
    const { deps, calls } = createFakes({ sender }, drafts);

    expect(await deliver(deps)).toEqual({ state: 'SENT' });
    expect(seen).toEqual(['SENDING', requests[0]?.messageIdHeader]);
    expect(drafts.delivery).toMatchObject({ state: 'SENT', response: '250 OK', attempts: 1 });
    expect(requests[0]?.draft.text).toBe('Thank you.');
    expect(calls).toEqual(['guard send']);
  });

  it('is sent once, however often the activity runs', async () => {
    const { sender, requests } = openSender(SENT);
    const { deps } = createFakes({ sender });
    for (const attempt of [1, 2, 3]) expect(await deliver(deps, { attempt })).toEqual({ state: 'SENT' });
    expect(requests).toHaveLength(1);
  });

  it('is sent once by attempts that run at the same time', async () => {
    const { sender, requests } = openSender(SENT);
    const { deps, drafts } = createFakes({ sender });
    const ends = await Promise.allSettled([deliver(deps), deliver(deps), deliver(deps)]);
    expect(requests).toHaveLength(1);
    expect(drafts.delivery?.state).toBe('SENT');
    expect(ends.some((end) => end.status === 'fulfilled' && end.value.state === 'SENT')).toBe(true);
  });
});

describe('an attempt that was killed on the way', () => {
  it('leaves it unknown, and it is never sent again', async () => {
    const drafts = createFakeDrafts();
    drafts.leave('SENDING');
    const { sender, requests } = openSender();
    const { deps } = createFakes({ sender }, drafts);

    expect(await deliver(deps, { attempt: 2 })).toEqual({ state: 'UNKNOWN' });
    expect(await deliver(deps, { attempt: 3 })).toEqual({ state: 'UNKNOWN' });
    expect(drafts.delivery).toMatchObject({
      state: 'UNKNOWN',
      response: expect.stringContaining('worker stopped'),
    });
    expect(requests).toEqual([]);
  });

  it('before it began to send is made good by the next one', async () => {
    const drafts = createFakeDrafts();
    drafts.leave('INTENT');
    const { sender, requests } = openSender(SENT);
    const { deps } = createFakes({ sender }, drafts);

    expect(await deliver(deps, { attempt: 2 })).toEqual({ state: 'SENT' });
    expect(requests[0]?.messageIdHeader).toBe('minted-earlier@example.org');
  });

  it('and turns out to have settled in that very moment is believed', async () => {
    const drafts = createFakeDrafts();
    drafts.leave('SENDING');
    const { sender, requests } = openSender();
    const { deps } = createFakes({ sender }, drafts);
    const { moveDelivery } = drafts.store;
    const racing = {
      ...deps,
      drafts: {
        get: drafts.store.get,
        intend: drafts.store.intend,
        async moveDelivery(...args: Parameters<typeof moveDelivery>) {
          await moveDelivery('delivery-draft-1', 'SENDING', 'SENT');
          return moveDelivery(...args);
        },
      } as unknown as typeof drafts.store,
    };
    expect(await deliver(racing, { attempt: 2 })).toEqual({ state: 'SENT' });
    expect(requests).toEqual([]);
  });
});

describe('a slow attempt that was given up as unknown', () => {
  it.each([
    [SENT, 'SENT'],
    [{ kind: 'refused', code: 550, response: 'no such user' }, 'FAILED'],
    [{ kind: 'unknown', reason: 'cut' }, 'UNKNOWN'],
    [{ kind: 'deferred', reason: 'later', retryAfterMs: undefined }, 'UNKNOWN'],
  ] as const)('and then answers %o leaves it %s', async (answer, state) => {
    const drafts = createFakeDrafts();
    const { sender, requests } = openSender(async () => {
      expect(await deliver(deps, { attempt: 2 })).toEqual({ state: 'UNKNOWN' });
      return answer;
    });
    const { deps } = createFakes({ sender }, drafts);
    await deliver(deps).catch(() => undefined);
    expect(drafts.delivery?.state).toBe(state);
    expect(requests).toHaveLength(1);
  });
});

describe('what the mail server answers', () => {
  it('"later" is tried again after the time it asks for', async () => {
    const later: SendResult = { kind: 'deferred', reason: '450 greylisted', retryAfterMs: 90_000 };
    const { sender, requests } = openSender(later, SENT);
    const { deps, drafts } = createFakes({ sender });

    const failure = await failureOf(deliver(deps));
    expect(failure).toMatchObject({ type: 'Unavailable', nonRetryable: false, nextRetryDelay: 90_000 });
    expect(drafts.delivery).toMatchObject({ state: 'INTENT', response: '450 greylisted' });
    expect(await deliver(deps, { attempt: 2 })).toEqual({ state: 'SENT' });
    expect(requests[1]?.messageIdHeader).toBe(requests[0]?.messageIdHeader);
    expect(drafts.moves).toEqual(['INTENT SENDING', 'SENDING INTENT', 'INTENT SENDING', 'SENDING SENT']);
  });

  it('"later" without a time leaves the wait to the policy', async () => {
    const { sender } = openSender({ kind: 'deferred', reason: '421', retryAfterMs: undefined });
    const failure = await failureOf(deliver(createFakes({ sender }).deps));
    expect(failure.nextRetryDelay).toBeUndefined();
  });

  it('"no" is final, also for later attempts', async () => {
    const { sender, requests } = openSender({ kind: 'refused', code: 550, response: '550 no such user' });
    const { deps, drafts } = createFakes({ sender });
    const first = await failureOf(deliver(deps));
    const second = await failureOf(deliver(deps, { attempt: 2 }));
    expect([first, second]).toMatchObject([
      { type: 'Rejected', nonRetryable: true },
      { type: 'Rejected', nonRetryable: true, message: '550 no such user' },
    ]);
    expect(drafts.delivery?.state).toBe('FAILED');
    expect(requests).toHaveLength(1);
  });

  it('nothing after the last dot leaves it unknown', async () => {
    const { sender, requests } = openSender({ kind: 'unknown', reason: 'cut after the dot' });
    const { deps, drafts } = createFakes({ sender });
    expect(await deliver(deps)).toEqual({ state: 'UNKNOWN' });
    expect(await deliver(deps, { attempt: 2 })).toEqual({ state: 'UNKNOWN' });
    expect(drafts.delivery).toMatchObject({ state: 'UNKNOWN', response: 'cut after the dot' });
    expect(requests).toHaveLength(1);
  });
});

describe('a sender that throws', () => {
  it.each(['AuthenticationFailed', 'InvalidInput'] as const)('%s has sent nothing', async (type) => {
    const { sender } = openSender(new ServiceError(type, 'no'), SENT);
    const { deps, drafts } = createFakes({ sender });
    expect(await failureOf(deliver(deps))).toMatchObject({ type, nonRetryable: true });
    expect(drafts.delivery?.state).toBe('INTENT');
    expect(await deliver(deps)).toEqual({ state: 'SENT' });
  });

  it('for a bug may have sent it, so that it is never sent again', async () => {
    const { sender, requests } = openSender(new TypeError('a bug'));
    const { deps } = createFakes({ sender });
    expect(await failureOf(deliver(deps))).toMatchObject({ type: 'Internal' });
    expect(await deliver(deps, { attempt: 2 })).toEqual({ state: 'UNKNOWN' });
    expect(requests).toHaveLength(1);
  });
});

describe('nothing is sent', () => {
  it.each(['pending', 'rejected', 'expired'] as const)('of a draft that is %s', async (state) => {
    const drafts = createFakeDrafts({ state });
    const { sender, requests } = openSender();
    const failure = await failureOf(deliver(createFakes({ sender }, drafts).deps));
    expect(failure).toMatchObject({ type: 'Conflict', nonRetryable: true });
    expect(failure.message).toContain(state);
    expect([requests.length, drafts.delivery]).toEqual([0, undefined]);
  });

  it('without a mail server, and the failure says how to have one', async () => {
    const failure = await failureOf(deliver(createFakes().deps));
    expect(failure).toMatchObject({ type: 'Rejected', message: expect.stringContaining('SMTP_HOST') });
  });

  it('of a draft that is not there', async () => {
    const { sender } = openSender();
    const work = runActivity(createFakes({ sender }).deps, 'deliverDraft', { ...REF, draftId: 'none' });
    expect(await failureOf(work)).toMatchObject({ type: 'NotFound' });
  });

  it('while the mail server is left alone', async () => {
    const { sender, requests } = openSender();
    const guard = () => Promise.reject(new ServiceError('Unavailable', 'left alone', { retryAfterMs: 5000 }));
    const { deps, drafts } = createFakes({ sender, guard });
    expect(await failureOf(deliver(deps))).toMatchObject({ type: 'Unavailable', nextRetryDelay: 5000 });
    expect([requests.length, drafts.delivery?.state]).toEqual([0, 'INTENT']);
  });
});

it('hands the cancellation to the sender', async () => {
  let stop: () => void = () => undefined;
  const { sender } = openSender(async ({ signal }) => {
    stop();
    expect(signal.aborted).toBe(true);
    return { kind: 'unknown', reason: 'cancelled on the way' };
  });
  const { deps } = createFakes({ sender });
  const run = deliver(deps, {
    watch: (environment) => {
      stop = () => environment.cancel();
    },
  });
  expect(await run).toEqual({ state: 'UNKNOWN' });
});
