import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { IntakeItem } from '../../db/intake/intake-page.ts';
import { OUTCOMES } from '../../src/domain/message.ts';
import { messageKey } from '../../src/mail/identity.ts';
import { faultItem, newItem, pullPage, readAndPark } from './support/intake-pages.ts';
import { ACCOUNT, openStores, type TestStores } from './support/open-stores.ts';

let stores: TestStores;
beforeAll(async () => {
  stores = await openStores();
});
afterAll(() => stores.close());

const item = fc.record({
  key: fc.integer({ min: 0, max: 9 }).map(String),
  content: fc.integer({ min: 0, max: 6 }).map(String),
  kind: fc.constantFrom('new', 'new', 'new', 'fault', 'known'),
});
const page = fc.record({
  batch: fc.integer({ min: 0, max: 2 }),
  items: fc.array(item, { maxLength: 8 }),
  windowHours: fc.constantFrom(0, 24),
  repeated: fc.boolean(),
});
const mailbox = fc.record({
  pages: fc.array(page, { minLength: 1, maxLength: 6 }),
  ends: fc.array(fc.constantFrom(...OUTCOMES, 'running', 'awaiting-approval', 'parked'), { maxLength: 10 }),
});

function toItem(
  accountId: string,
  { key, content, kind }: { key: string; content: string; kind: string },
): IntakeItem {
  const messageId = messageKey(accountId, key);
  if (kind === 'fault') return faultItem(key);
  if (kind === 'known') return { kind: 'known', providerKey: key, label: key, messageId };
  return newItem(key, { content: `${accountId} ${content}`, messageId });
}

describe('the totals of every batch', () => {
  it('add up, whatever came in and however it ended', async () => {
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(mailbox, async ({ pages, ends }) => {
        const accountId = `account-${++runs}`;
        await stores.accounts.add({ ...ACCOUNT, id: accountId }, undefined);
        const counts = new Map<string, number>();
        for (const { batch, items, windowHours, repeated } of pages) {
          const batchId = `${accountId}-${batch}`;
          const number = counts.get(batchId) ?? 0;
          counts.set(batchId, number + 1);
          const request = pullPage(
            items.map((each) => toItem(accountId, each)),
            { accountId, batchId, page: number, windowHours },
          );
          const parked = await readAndPark(stores, request);
          expect(parked.messageIds.length + parked.duplicates + parked.quarantined).toBe(items.length);
          if (repeated) expect(await readAndPark(stores, request)).toEqual(parked);
        }
        const messages = await stores.messageList.list({ accountId, limit: 100 });
        for (const [index, { id }] of messages.entries()) await end(id, ends[index]);
        const batches = await stores.batches.list({ accountId, limit: 100 });
        for (const { totals } of batches) {
          const refused = totals.messages - totals.accepted - totals.duplicates;
          const { processed, awaitingApproval, skipped, cancelled, running, quarantined } = totals;
          expect(refused).toBeGreaterThanOrEqual(0);
          expect(totals.accepted).toBe(
            processed + awaitingApproval + skipped + cancelled + running + (quarantined - refused),
          );
        }
        const sum = (pick: (row: (typeof batches)[number]['totals']) => number) =>
          batches.reduce((all, row) => all + pick(row.totals), 0);
        expect(sum((totals) => totals.accepted)).toBe(messages.length);
        expect(sum((totals) => totals.messages)).toBe(pages.flatMap(({ items }) => items).length);
      }),
      { numRuns: 60 },
    );
  });
});

async function end(messageId: string, how: string | undefined): Promise<void> {
  if (how === undefined || how === 'parked') return;
  if (how === 'running') return stores.messages.recordStage(messageId, 'read', 'running');
  if (how === 'awaiting-approval') return stores.messages.recordStage(messageId, 'approval', how);
  if (how === 'quarantined') {
    return stores.quarantine.addMessage({ messageId, stage: 'read', failureType: 'Internal', reason: 'x' });
  }
  const outcome = OUTCOMES.find((candidate) => candidate === how);
  if (outcome !== undefined) await stores.messages.settle(messageId, outcome, undefined);
}
