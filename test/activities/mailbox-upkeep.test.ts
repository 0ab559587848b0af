import { describe, expect, it } from 'vitest';
import type { MessageStore } from '../../db/message-store.ts';
import type { PushRow, PushStore } from '../../db/push-store.ts';
import { ServiceError } from '../../src/domain/service-error.ts';
import type { LiveMailbox, PushRequest } from '../../src/mail/mailbox.ts';
import { REF } from './support/fake-dependencies.ts';
import { fakeStore } from './support/fake-store.ts';
import { openUpkeep } from './support/open-upkeep.ts';
import { failureOf, runActivity } from './support/run-activity.ts';

describe('a message that was handled', () => {
  const writeBack = { seen: true, label: 'Done', folder: undefined };

  it('is marked in its mailbox as the account asks for', async () => {
    const marked: unknown[] = [];
    const mark: LiveMailbox['mark'] = async (key, asked) => {
      marked.push([key, asked]);
      return true;
    };
    const { deps } = openUpkeep({ mark }, { writeBack });
    const messages = fakeStore<MessageStore>('messages', { findPulledKey: async () => 'INBOX;1;7' });
    await runActivity({ ...deps, messages }, 'markMessage', REF);
    expect(marked).toEqual([['INBOX;1;7', writeBack]]);
  });

  it('is not looked for where it was imported, or where nobody asks for it', async () => {
    const messages = fakeStore<MessageStore>('messages', { findPulledKey: async () => undefined });
    await runActivity({ ...openUpkeep({}, { writeBack }).deps, messages }, 'markMessage', REF);
    const pulled = fakeStore<MessageStore>('messages', { findPulledKey: async () => 'INBOX;1;7' });
    await runActivity({ ...openUpkeep({}).deps, messages: pulled }, 'markMessage', REF);
  });
});

describe('a provider that is asked to notify us', () => {
  const expiresAt = new Date('2026-12-01T00:00:00Z');

  async function renew(
    known: PushRow | undefined,
    subscribe: LiveMailbox['subscribe'],
    rows: PushRow[] = [],
  ) {
    const { deps } = openUpkeep(subscribe === undefined ? {} : { subscribe });
    const noted: unknown[] = [];
    const push = fakeStore<PushStore>('push', {
      find: async () => known,
      findByProviderIds: async () => rows,
      prepare: async (_id, sealed) => void noted.push(['prepare', Buffer.from(sealed).toString()]),
      save: async (_id, subscription) => void noted.push(['save', subscription]),
      recordError: async (_id, error) => void noted.push(['error', error]),
    });
    const ready = { ...deps, push, publicUrl: 'https://mail.example.org' };
    return { noted, done: runActivity(ready, 'renewPush', { accountId: 'sales' }) };
  }

  it('is given a secret that is on record before, and nobody can guess', async () => {
    const asked: PushRequest[] = [];
    const { noted, done } = await renew(undefined, async (_current, request) => {
      asked.push(request);
      return { id: 's-1', expiresAt };
    });
    await done;
    const secret = asked[0]?.clientState ?? '';
    expect(secret).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(noted).toEqual([
      ['prepare', `push_subscription/client_state/sales|${secret}`],
      ['save', { id: 's-1', expiresAt }],
    ]);
  });

  it('is told which subscriptions another account has, and not those of its own', async () => {
    const clientState = Buffer.from('');
    const toRow = (accountId: string, id: string): PushRow => {
      return {
        accountId,
        clientState,
        subscription: { id, expiresAt },
        renewedAt: undefined,
        lastError: undefined,
      };
    };
    const rows = [toRow('support', 's-2,s-3'), toRow('sales', 's-1')];
    const found: string[] = [];
    const { done } = await renew(
      undefined,
      async (_current, { findOthers }) => {
        found.push(...(await findOthers(['s-1', 's-2'])));
        return { id: 's-4', expiresAt };
      },
      rows,
    );
    await done;
    expect(found).toEqual(['s-2', 's-3']);
  });

  it('keeps the secret that it has, and its refusal is on record', async () => {
    const known: PushRow = {
      accountId: 'sales',
      clientState: Buffer.from('push_subscription/client_state/sales|kept'),
      subscription: { id: 's-1', expiresAt },
      renewedAt: expiresAt,
      lastError: undefined,
    };
    const { noted, done } = await renew(known, async (current, { clientState }) => {
      expect([current?.id, clientState]).toEqual(['s-1', 'kept']);
      throw new ServiceError('PermissionDenied', 'No subscriptions for you');
    });
    expect((await failureOf(done)).type).toBe('PermissionDenied');
    expect(noted).toEqual([['error', 'No subscriptions for you']]);
  });
});
