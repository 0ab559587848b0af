import { getEventListeners } from 'node:events';
import type { MockActivityEnvironment } from '@temporalio/testing';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { AccountStore } from '../../db/account-store.ts';
import { ServiceError } from '../../src/domain/service-error.ts';
import type { LiveMailbox, WatchRequest } from '../../src/mail/mailbox.ts';
import { ACCOUNT, createFakes } from './support/fake-dependencies.ts';
import { fakeStore } from './support/fake-store.ts';
import { failureOf, runActivity } from './support/run-activity.ts';

const REF = { accountId: 'sales' };
const unable = () => {
  throw new Error('not asked for');
};

/** A mailbox that waits until it is told to stop, and what the watch sees of the account. */
function openWatch(find: AccountStore['find'] = async () => ACCOUNT) {
  let arrive: () => void = unable;
  let lose: (error: Error) => void = unable;
  let isOpen: () => void = unable;
  let countListeners: () => number = unable;
  const opened = new Promise<void>((resolve) => {
    isOpen = resolve;
  });
  const closed: string[] = [];
  const watch = ({ signal, onArrival }: WatchRequest) =>
    new Promise<void>((resolve, reject) => {
      arrive = onArrival;
      lose = reject;
      countListeners = () => getEventListeners(signal, 'abort').length;
      signal.addEventListener('abort', () => resolve());
      isOpen();
    });
  const mailbox: LiveMailbox = {
    ...{ readPage: unable, list: unable, readItems: unable, mark: unable, probe: unable, watch },
    close: async () => void closed.push('closed'),
  };
  const fakes = createFakes({ openAccount: async () => mailbox });
  const accounts = fakeStore<AccountStore>('accounts', {
    find,
    findWait: fakes.deps.accounts.findWait,
  });
  const stopping = new AbortController();
  let environment: MockActivityEnvironment | undefined;
  const run = () =>
    runActivity({ ...fakes.deps, accounts, stopping: stopping.signal }, 'watchMailbox', REF, {
      watch: (given) => {
        environment = given;
      },
    });
  return {
    ...fakes,
    run,
    opened,
    closed,
    arrive: () => arrive(),
    lose: (error: Error) => lose(error),
    countListeners: () => countListeners(),
    stop: () => stopping.abort(),
    cancel: () => environment?.cancel('WORKER_SHUTDOWN'),
  };
}

afterEach(() => vi.useRealTimers());

describe('a watch', () => {
  it.each([
    ['paused', { state: 'paused' as const }],
    ['pulled by hand only', { mode: 'manual' as const }],
    ['not to be told', { push: false }],
  ])('of an account that is %s ends at once', async (_what, changes) => {
    const { run, closed } = openWatch(async () => ({ ...ACCOUNT, ...changes }));
    expect(await run()).toBe(false);
    expect(closed).toEqual([]);
  });

  it('tells the puller of mail, once for a burst, and ends with the connection', async () => {
    const { run, opened, arrive, lose, calls, closed } = openWatch();
    const failure = failureOf(run());
    await opened;
    arrive();
    await vi.waitFor(() => expect(calls).toContain('notifyArrival sales'), { timeout: 20_000 });
    for (let n = 0; n < 10; n += 1) arrive();
    await vi.waitFor(() => expect(calls.filter((call) => call.startsWith('notify')).length).toBe(3), {
      timeout: 20_000,
    });
    lose(new ServiceError('Unavailable', 'The server hung up'));
    expect((await failure).type).toBe('Unavailable');
    expect(closed).toEqual(['closed']);
  });

  it('ends when the account is paused, and begins again when it is set up anew', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    for (const [changes, again] of [
      [{ state: 'paused' as const }, false],
      [{ oauth: { provider: 'google' as const } }, true],
    ] as const) {
      let looks = 0;
      const { run, opened, closed } = openWatch(async () => {
        looks += 1;
        return looks === 1 ? ACCOUNT : ({ ...ACCOUNT, ...changes } as typeof ACCOUNT);
      });
      const result = run();
      await opened;
      await vi.advanceTimersByTimeAsync(20_000);
      expect(await result).toBe(again);
      expect(closed).toEqual(['closed']);
    }
  });

  it('leaves nothing behind on its signal, however often it looks after the account', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const looks = vi.fn(async () => ACCOUNT);
    const { run, opened, stop, countListeners } = openWatch(looks);
    const failure = failureOf(run());
    await opened;
    const atFirst = countListeners();
    await vi.advanceTimersByTimeAsync(60 * 60_000);
    expect(looks.mock.calls.length).toBeGreaterThan(100);
    expect(countListeners()).toBe(atFirst);
    stop();
    await failure;
    expect(vi.getTimerCount()).toBe(0);
  });

  it('does not keep a worker that is told to end', async () => {
    const { run, opened, closed, stop } = openWatch();
    const failure = failureOf(run());
    await opened;
    stop();
    expect(await failure).toMatchObject({ type: 'Unavailable', nonRetryable: false });
    expect(closed).toEqual(['closed']);
  });

  it('is handed to another worker when this one stops', async () => {
    const { run, opened, cancel, closed } = openWatch();
    const failure = failureOf(run());
    await opened;
    cancel();
    expect(await failure).toMatchObject({ type: 'Unavailable', nonRetryable: false });
    expect(closed).toEqual(['closed']);
  });
});
