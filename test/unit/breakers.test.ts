import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Breakers, createBreakers } from '../../src/create-breakers.ts';
import { FAILURES, type FailureType } from '../../src/domain/failure.ts';
import { ServiceError } from '../../src/domain/service-error.ts';

const LIMITS = { failures: 5, withinMs: 30_000, resetMs: 120_000 };
let breakers: Breakers;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-03-01T10:00:00Z') });
  breakers = createBreakers(LIMITS);
});
afterEach(() => {
  vi.useRealTimers();
});

const wait = (ms: number) => vi.setSystemTime(Date.now() + ms);
const work = vi.fn<() => Promise<string>>();
beforeEach(() => {
  work.mockReset().mockResolvedValue('fine');
});

/** The type of the failure, or `fine`; `left alone` when the work was not even tried. */
async function call(downstream: string, type?: FailureType): Promise<string> {
  const before = work.mock.calls.length;
  if (type !== undefined) work.mockRejectedValueOnce(new ServiceError(type, 'no'));
  const end = await breakers.guard(downstream, work).catch((error: unknown) => error);
  if (work.mock.calls.length === before) {
    work.mockReset().mockResolvedValue('fine');
    return 'left alone';
  }
  return end instanceof ServiceError ? end.type : String(end);
}
async function fail(downstream: string, times: number, type: FailureType = 'Unavailable'): Promise<void> {
  for (let index = 0; index < times; index += 1) await call(downstream, type);
}

describe('a breaker', () => {
  it('passes on answers and failures while it is closed', async () => {
    expect(await call('odoo')).toBe('fine');
    expect(await call('odoo', 'Unavailable')).toBe('Unavailable');
    expect(await call('odoo')).toBe('fine');
    expect(breakers.states()).toEqual(new Map([['odoo', 'closed']]));
  });

  it('opens with the fifth failure within thirty seconds, not before', async () => {
    await fail('odoo', 4);
    expect(await call('odoo', 'Unavailable')).toBe('Unavailable');
    expect(await call('odoo')).toBe('left alone');
    expect(breakers.states().get('odoo')).toBe('open');
  });

  it('stays closed when five failures take longer', async () => {
    await fail('odoo', 4);
    wait(30_001);
    await fail('odoo', 1);
    expect(await call('odoo')).toBe('fine');
  });

  it('stays closed when the other side answers in between', async () => {
    await fail('odoo', 4);
    await call('odoo');
    await fail('odoo', 4);
    expect(await call('odoo')).toBe('fine');
  });

  it.each(Object.keys(FAILURES) as FailureType[])(
    'counts %s only when it speaks against the other side',
    async (type) => {
      await fail('odoo', 20, type);
      const counts = type === 'Unavailable' || type === 'RateLimited';
      expect(await call('odoo')).toBe(counts ? 'left alone' : 'fine');
    },
  );

  it.each<[string, ServiceError, boolean]>([
    ['mailbox/a', new ServiceError('RateLimited', 'slow down', { retryAfterMs: 2000 }), false],
    [
      'mailbox/a',
      new ServiceError('Unavailable', 'busy', { retryAfterMs: 2000, details: { status: 503 } }),
      false,
    ],
    ['mailbox/a', new ServiceError('RateLimited', 'slow down'), true],
    ['mailbox/a', new ServiceError('Unavailable', 'no route', { retryAfterMs: 2000 }), true],
    // Nothing stores what these ask for: the breaker is all that keeps the next message away from them.
    ['odoo', new ServiceError('RateLimited', 'slow down', { retryAfterMs: 2000 }), true],
    ['model ollama', new ServiceError('RateLimited', 'slow down', { retryAfterMs: 2000 }), true],
  ])('leaves %s to the wait that it asks for, where that is kept: %s', async (downstream, fault, opens) => {
    work.mockRejectedValue(fault);
    for (let index = 0; index < 20; index += 1) await breakers.guard(downstream, work).catch(() => undefined);
    work.mockReset().mockResolvedValue('fine');
    expect(await call(downstream)).toBe(opens ? 'left alone' : 'fine');
  });

  it.each([
    ['mailbox/gr3', 'The mailbox of gr3 failed repeatedly'],
    ['odoo', 'Odoo failed repeatedly'],
    ['send', 'The server that sends mail failed repeatedly'],
    ['model ollama', 'The model ollama failed repeatedly'],
  ])('names %s for a person', async (downstream, words) => {
    await fail(downstream, 5);
    await expect(breakers.guard(downstream, work)).rejects.toThrow(words);
  });

  it('does not count a bug', async () => {
    for (let index = 0; index < 20; index += 1) {
      work.mockRejectedValueOnce(new TypeError('x'));
      await expect(breakers.guard('odoo', work)).rejects.toBeInstanceOf(TypeError);
    }
    expect(await call('odoo')).toBe('fine');
  });

  it('opens when many calls fail at the same time', async () => {
    work.mockRejectedValue(new ServiceError('Unavailable', 'no'));
    await Promise.allSettled(Array.from({ length: 8 }, () => breakers.guard('odoo', work)));
    work.mockReset().mockResolvedValue('fine');
    expect(await call('odoo')).toBe('left alone');
  });

  it('leaves each other side to itself', async () => {
    await fail('mailbox/a', 5);
    expect(await call('mailbox/a')).toBe('left alone');
    expect(await call('mailbox/b')).toBe('fine');
    expect(breakers.states()).toEqual(
      new Map([
        ['mailbox/a', 'open'],
        ['mailbox/b', 'closed'],
      ]),
    );
  });
});

describe('an open breaker', () => {
  beforeEach(() => fail('odoo', 5));

  const refusal = () => breakers.guard('odoo', work).catch((error: unknown) => error);

  it('says when to come back, and at least a second from now', async () => {
    expect(await refusal()).toMatchObject({
      type: 'Unavailable',
      retryAfterMs: 120_000,
      details: { downstream: 'odoo' },
    });
    wait(100_000);
    expect(await refusal()).toMatchObject({ retryAfterMs: 20_000 });
    wait(19_900);
    expect(await refusal()).toMatchObject({ retryAfterMs: 1000 });
  });

  it('lets one call try after its time, and closes when that is answered', async () => {
    wait(120_000);
    expect(await call('odoo')).toBe('fine');
    expect(breakers.states().get('odoo')).toBe('closed');
    await fail('odoo', 4);
    expect(await call('odoo')).toBe('fine');
  });

  it('opens anew, for the whole time, when that call fails', async () => {
    wait(120_000);
    expect(await call('odoo', 'Unavailable')).toBe('Unavailable');
    expect(await call('odoo')).toBe('left alone');
    expect(await refusal()).toMatchObject({ retryAfterMs: 120_000 });
    wait(119_999);
    expect(await call('odoo')).toBe('left alone');
    wait(1);
    expect(await call('odoo')).toBe('fine');
  });

  it('takes a refusal for an answer', async () => {
    wait(120_000);
    expect(await call('odoo', 'Rejected')).toBe('Rejected');
    expect(breakers.states().get('odoo')).toBe('closed');
    expect(await call('odoo')).toBe('fine');
  });

  it('lets the others wait for the one that tries', async () => {
    wait(120_000);
    let answer: (text: string) => void = () => undefined;
    work.mockImplementationOnce(
      () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
    );
    const before = work.mock.calls.length;
    const first = breakers.guard('odoo', work);
    const others = [breakers.guard('odoo', work), breakers.guard('odoo', work)];
    expect(work.mock.calls.length - before).toBe(1);
    answer('first');
    expect(await first).toBe('first');
    expect(await Promise.all(others)).toEqual(['fine', 'fine']);
  });

  it('refuses the others when the one that tries fails', async () => {
    wait(120_000);
    work.mockRejectedValueOnce(new ServiceError('Unavailable', 'still away'));
    const before = work.mock.calls.length;
    const ends = await Promise.allSettled([1, 2, 3].map(() => breakers.guard('odoo', work)));
    expect(work.mock.calls.length - before).toBe(1);
    expect(ends.map((end) => end.status)).toEqual(['rejected', 'rejected', 'rejected']);
  });
});
