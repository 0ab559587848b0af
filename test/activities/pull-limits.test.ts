import { describe, expect, it } from 'vitest';
import type { AccountRow } from '../../db/account-store.ts';
import type { PushStore } from '../../db/push-store.ts';
import type { AccountLimits } from '../../src/domain/account.ts';
import { ServiceError } from '../../src/domain/service-error.ts';
import { ACCOUNT } from './support/fake-dependencies.ts';
import { fakeStore } from './support/fake-store.ts';
import { type Door, mail, openDoor, PULL } from './support/open-door.ts';
import { failureOf, runActivity } from './support/run-activity.ts';

const UNLIMITED: AccountLimits = {
  lookBackDays: undefined,
  messagesPerMinute: undefined,
  concurrentMessages: undefined,
  messagesPerDay: undefined,
  bytesPerDay: undefined,
};

function openLimited(limits: Partial<AccountLimits>, door: Door = {}, changes: Partial<AccountRow> = {}) {
  const get = async () => ({ ...ACCOUNT, limits: { ...UNLIMITED, ...limits }, ...changes });
  return openDoor({ ...door, accounts: { get } });
}

describe('a pull of an account with limits', () => {
  it.each([
    ['what the day leaves', { messagesPerDay: 20 }, { dayMessages: 13 }, 7],
    ['what the minute leaves', { messagesPerMinute: 30 }, { minuteMessages: 28 }, 2],
    ['as many as may run at once', { concurrentMessages: 10 }, { unfinished: 4 }, 6],
    ['a page', { messagesPerDay: 5000 }, {}, 50],
  ])('reads %s', async (_what, limits, taken, maxItems) => {
    const { fetchPage, mailbox } = openLimited(limits, { taken });
    await fetchPage();
    expect(mailbox.requests[0]).toMatchObject({ maxItems });
  });

  it('waits while as many are processed as may be, and reads nothing', async () => {
    const { fetchPage, opened } = openLimited({ concurrentMessages: 4 }, { taken: { unfinished: 4 } });
    expect(await fetchPage()).toMatchObject({ done: false, waitMs: 2000, messageIds: [] });
    expect(opened).toEqual([]);
  });

  it('starts what was parked and forgotten, for it holds the places', async () => {
    const door = { taken: { unfinished: 4 }, forgotten: ['lost-1', 'lost-2'] };
    const { fetchPage } = openLimited({ concurrentMessages: 4 }, door);
    expect(await fetchPage({ ...PULL, page: 7 })).toMatchObject({ messageIds: ['lost-1', 'lost-2'] });
  });

  it('waits before the next page for as long as the provider asked', async () => {
    const read = async () => ({ done: false, waitMs: 30_000 });
    expect(await openLimited({}, { read }).fetchPage()).toMatchObject({ done: false, waitMs: 30_000 });
    expect(await openLimited({}, { read: async () => ({}) }).fetchPage()).not.toHaveProperty('waitMs');
  });

  it.each([
    [7 * 86_400_000, 86_400_000],
    [-1, 1],
    [Number.NaN, undefined],
  ])('bounds a wait of %s ms', async (waitMs, bounded) => {
    expect((await openLimited({}, { read: async () => ({ done: false, waitMs }) }).fetchPage()).waitMs).toBe(
      bounded,
    );
  });

  it('stores the wait that comes with a page, with the host that asked', async () => {
    const graph = { baseUrl: 'https://graph.example.org/v1.0', mailbox: 'me', folders: ['inbox'] };
    const read = async () => ({ done: false, waitMs: 600_000 });
    const { fetchPage, calls } = openLimited({}, { read }, { graph });
    await fetchPage();
    expect(calls).toContain('recordPull sales fine 600000 graph.example.org asks to slow down next');
  });

  it.each([
    ['RateLimited', {}],
    ['Unavailable', { status: 503 }],
  ] as const)(
    'stores the wait of an answer that is %s, and Temporal waits as long',
    async (type, details) => {
      const fault = new ServiceError(type, 'Come back later', { retryAfterMs: 3_600_000, details });
      const { fetchPage, calls } = openLimited({}, { open: () => Promise.reject(fault) });
      expect(await failureOf(fetchPage())).toMatchObject({ type, nextRetryDelay: 3_600_000 });
      expect(calls).toContain('recordPull sales Come back later 3600000 Come back later here');
    },
  );

  it('of which the provider is to be left alone does not ask it, and starts what was forgotten', async () => {
    const get = async () => ({ ...ACCOUNT });
    const { fetchPage, opened, calls } = openDoor({
      accounts: { get, findWait: async () => ({ forMs: 90_000, reason: 'later' }) },
      forgotten: ['lost'],
    });
    expect(await fetchPage()).toMatchObject({ done: false, waitMs: 90_000, messageIds: ['lost'] });
    // No pull is put on record: it would end the wait.
    expect([opened, calls]).toEqual([[], []]);
  });

  it('waits for the next minute when this one had its share', async () => {
    const { fetchPage, deps } = openLimited({ messagesPerMinute: 5 }, { taken: { minuteMessages: 5 } });
    const { waitMs } = await fetchPage();
    expect(waitMs).toBe(60_000 - (deps.now().getTime() % 60_000));
  });

  it.each([
    [{ messagesPerDay: 100 }, { dayMessages: 100 }],
    [{ bytesPerDay: 1000 }, { dayBytes: 2000 }],
  ])('leaves the mail in the mailbox once the quota of the day is used up', async (limits, taken) => {
    const { fetchPage, opened, parked } = openLimited(limits, { taken });
    expect(await fetchPage()).toMatchObject({ done: true, items: 0 });
    expect([opened, parked]).toEqual([[], []]);
  });
});

describe('the look-back of a pull', () => {
  const DAY = 86_400_000;
  const sinceOf = async (lookBackDays: number | undefined, syncedDaysAgo: number | undefined) => {
    const { now } = openDoor().deps;
    const lastSyncedAt =
      syncedDaysAgo === undefined ? undefined : new Date(now().getTime() - syncedDaysAgo * DAY);
    const { fetchPage, mailbox } = openLimited({ lookBackDays }, {}, { lastSyncedAt });
    await fetchPage();
    const since = mailbox.requests[0]?.since;
    return since && (now().getTime() - since.getTime()) / DAY;
  };

  it('is none when the account sets none', async () => {
    expect(await sinceOf(undefined, 3)).toBeUndefined();
  });

  it('counts from now at first sight', async () => {
    expect(await sinceOf(14, undefined)).toBeCloseTo(14, 1);
    expect(await sinceOf(14, 2)).toBeCloseTo(14, 1);
  });

  it('is widened by an outage that was longer, with a day to spare', async () => {
    expect(await sinceOf(7, 30)).toBeCloseTo(31, 1);
  });
});

describe('the first page of a pull', () => {
  const watch = () => new Promise<void>(() => undefined);
  const subscribe = async () => ({ id: 's', expiresAt: new Date() });

  it('says that the mailbox can be watched, but for accounts that do not want it', async () => {
    expect(await openDoor({ can: { watch } }).fetchPage()).toMatchObject({ push: 'watch' });
    expect(await openDoor({ can: { watch } }).fetchPage({ ...PULL, page: 1 })).not.toHaveProperty('push');
    for (const changes of [{ push: false }, { mode: 'manual' as const }]) {
      expect(await openLimited({}, { can: { watch } }, changes).fetchPage()).not.toHaveProperty('push');
    }
  });

  it('says that the provider is to be asked to notify us, when that is due and it can reach us', async () => {
    const ask = (publicUrl: string | undefined, due: boolean) => {
      const { deps } = openDoor({ can: { subscribe } });
      const push = fakeStore<PushStore>('push', { isDue: async () => due });
      return runActivity({ ...deps, publicUrl, push }, 'fetchPage', PULL);
    };
    expect(await ask('https://mail.example.org', true)).toMatchObject({ push: 'subscribe' });
    expect(await ask('https://mail.example.org', false)).not.toHaveProperty('push');
    expect(await ask(undefined, true)).not.toHaveProperty('push');
  });
});

describe('old mail of a pull', () => {
  it('is told apart, so that it yields to live mail', async () => {
    const read = async () => ({ items: [mail('old'), mail('new')] });
    const { deps } = openDoor({ read });
    const asked: unknown[] = [];
    const intake = {
      ...deps.intake,
      listOld: async (ids: readonly string[], before: Date) => {
        asked.push([ids, deps.now().getTime() - before.getTime() < 1000]);
        return ['sales/old'];
      },
    };
    const facts = await runActivity({ ...deps, intake }, 'fetchPage', { ...PULL, backfillAgeMs: 500 });
    expect(facts).toMatchObject({ messageIds: ['sales/old', 'sales/new'], backfill: ['sales/old'] });
    expect(asked).toEqual([[['sales/old', 'sales/new'], true]]);
  });
});
