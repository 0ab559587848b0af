import { expect, it } from 'vitest';
import type { AccountStore } from '../../db/account-store.ts';
import type { AuditStore } from '../../db/audit-store.ts';
import type { IntakeStore } from '../../db/intake-store.ts';
import type { MessageStore } from '../../db/message-store.ts';
import type { PushStore } from '../../db/push-store.ts';
import type { ActivityName } from '../../src/contract/activities.ts';
import { ServiceError } from '../../src/domain/service-error.ts';
import type { LiveMailbox } from '../../src/mail/mailbox.ts';
import { ACCOUNT, createFakes } from './support/fake-dependencies.ts';
import { fakeStore } from './support/fake-store.ts';
import { openDoor, PULL } from './support/open-door.ts';
import { failureOf, runActivity } from './support/run-activity.ts';

const HOUR = 3_600_000;
const SLOW = 'gmail.googleapis.com asks to slow down';
const AUDIT = { accountId: 'sales', auditId: 'audit-1' };

/** An account whose provider asked for an hour, and what was done meanwhile. */
function openWaiting(forMs: number | undefined, openAccount: () => Promise<LiveMailbox>) {
  const done: string[] = [];
  const account = { ...ACCOUNT, writeBack: { seen: true, label: undefined, folder: undefined } };
  const { deps, calls } = createFakes({
    publicUrl: 'https://mail.example.org',
    accounts: fakeStore<AccountStore>('accounts', {
      get: async () => account,
      find: async () => account,
      findWait: async () => (forMs === undefined ? undefined : { forMs, reason: SLOW }),
    }),
    intake: fakeStore<IntakeStore>('intake', {
      findCursor: async () => 'here',
      openPage: async () => ({ cursor: 'here' }),
    }),
    messages: fakeStore<MessageStore>('messages', { findPulledKey: async () => 'INBOX;1;7' }),
    push: fakeStore<PushStore>('push', {}),
    audits: fakeStore<AuditStore>('audits', {
      begin: async () => void done.push('begin'),
      recompare: async () => undefined,
      listMissing: async () => ['a'],
      note: async (_id, words) => void done.push(words),
    }),
    openAccount,
  });
  return { deps, calls, done };
}

const knock = () => Promise.reject(new Error('The provider is not to be asked'));

it.each([
  ['auditMailbox', AUDIT],
  ['healMailbox', { ...AUDIT, batchId: 'audit-1', page: 0, maxItems: 5 }],
  ['markMessage', { accountId: 'sales', messageId: 'm1' }],
  ['renewPush', { accountId: 'sales' }],
  ['watchMailbox', { accountId: 'sales' }],
] as [ActivityName, never][])(
  '%s leaves a provider alone that asked for it, and is tried again when that is over',
  async (name, request) => {
    const { deps } = openWaiting(HOUR, knock);
    expect(await failureOf(runActivity(deps, name, request))).toMatchObject({
      type: 'RateLimited',
      nonRetryable: false,
      nextRetryDelay: HOUR,
      message: expect.stringMatching(/^gmail.* asks to slow down\. It is left alone until .*\d\d:\d\d UTC/),
    });
  },
);

it.each([
  ['was stored', HOUR, knock],
  [
    'it is told itself',
    undefined,
    () => Promise.reject(new ServiceError('RateLimited', SLOW, { retryAfterMs: HOUR })),
  ],
])('an audit says until when it waits, whether the wait %s or not', async (_what, forMs, open) => {
  const { deps, done } = openWaiting(forMs, open);
  await failureOf(runActivity(deps, 'auditMailbox', AUDIT));
  const { now } = deps;
  const time = new Date(now().getTime() + HOUR).toISOString().slice(11, 13);
  expect(done).toEqual(['begin', expect.stringMatching(`^Waiting until .*${time}:.* asked: ${SLOW}$`)]);
});

it('a subscription that is due is renewed after the wait, at the end of the pull', async () => {
  const subscribe = async () => ({ id: 's', expiresAt: new Date() });
  const ask = (page: number, read: { done: boolean; waitMs?: number }) => {
    const { deps } = openDoor({ can: { subscribe }, read: async () => read });
    const push = fakeStore<PushStore>('push', { isDue: async () => true });
    const publicUrl = 'https://mail.example.org';
    return runActivity({ ...deps, publicUrl, push }, 'fetchPage', { ...PULL, page });
  };
  expect(await ask(0, { done: false, waitMs: HOUR })).not.toHaveProperty('push');
  expect(await ask(1, { done: false })).not.toHaveProperty('push');
  expect(await ask(2, { done: true })).toMatchObject({ push: 'subscribe' });
});
