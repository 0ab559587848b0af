import { randomUUID } from 'node:crypto';
import type { Draft } from '../../../src/domain/draft.ts';
import { parkOne } from './intake-pages.ts';
import { ACCOUNT, type TestStores } from './open-stores.ts';

/** A draft for a message of its own, not proposed yet. */
export async function makeDraft(stores: TestStores, facts: Partial<Draft> = {}): Promise<Draft> {
  const messageId = await parkOne(stores, randomUUID());
  return {
    id: `draft-${messageId}`,
    messageId,
    accountId: ACCOUNT.id,
    state: 'pending',
    from: { name: 'Sales', address: 'sales@example.org' },
    to: [{ name: 'Ada', address: 'ada@example.com' }],
    cc: [],
    subject: 'Re: Offer',
    text: 'Thank you.',
    inReplyTo: 'a@example.com',
    references: ['root@example.com', 'a@example.com'],
    hash: `hash-${messageId}`,
    automatic: false,
    ...facts,
  };
}
export async function propose(stores: TestStores, facts: Partial<Draft> = {}): Promise<Draft> {
  const draft = await makeDraft(stores, facts);
  await stores.drafts.propose(draft);
  return draft;
}
