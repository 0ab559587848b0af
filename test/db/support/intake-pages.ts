import { createHash, randomUUID } from 'node:crypto';
import type { IntakeItem, IntakePage, ParkedPage } from '../../../db/intake/intake-page.ts';
import { messageKey } from '../../../src/mail/identity.ts';
import { ACCOUNT, type TestStores } from './open-stores.ts';

type NewItem = Extract<IntakeItem, { kind: 'new' }>;

/** A message as a mailbox hands it over; the same `content` under two keys is one mail delivered twice. */
export function newItem(providerKey: string, facts: Partial<NewItem> & { content?: string } = {}): NewItem {
  const { content = providerKey, ...rest } = facts;
  const sha256 = createHash('sha256').update(content).digest('hex');
  return {
    kind: 'new',
    providerKey,
    label: `${providerKey}.eml`,
    messageId: messageKey(ACCOUNT.id, providerKey),
    sha256,
    contentHash: sha256,
    sealed: Buffer.from(`sealed ${content}`),
    size: content.length,
    receivedAt: new Date('2026-03-01T10:00:00Z'),
    ...rest,
  };
}

export function faultItem(providerKey: string, reason = 'cannot be read'): IntakeItem {
  return { kind: 'fault', providerKey, label: `${providerKey}.eml`, failureType: 'InvalidInput', reason };
}

/** A pull of the account `sales` unless told otherwise. */
export function pullPage(items: readonly IntakeItem[], facts: Partial<IntakePage> = {}): IntakePage {
  return {
    accountId: ACCOUNT.id,
    batchId: 'pull-1',
    kind: 'pull',
    page: 0,
    items,
    readFrom: undefined,
    cursor: 'after-0',
    done: true,
    expected: undefined,
    label: 'pull of sales',
    windowHours: 24,
    ...facts,
  };
}

export async function addImport(stores: TestStores, id: string, accountId = ACCOUNT.id): Promise<void> {
  await stores.batches.add({
    id,
    accountId,
    label: 'folder',
    maxConcurrentOperations: 10,
    priority: undefined,
    origin: Buffer.from('sealed origin'),
  });
}

/** As the activity does it: from where the cursor stands. */
export async function readAndPark(stores: TestStores, page: IntakePage): Promise<ParkedPage> {
  const { committed, cursor } = await stores.intake.openPage(page);
  return committed ?? stores.intake.park({ ...page, readFrom: cursor });
}

/** Parks one message and answers its id. */
export async function parkOne(
  stores: TestStores,
  providerKey: string,
  facts: Partial<NewItem> = {},
): Promise<string> {
  const item = newItem(providerKey, facts);
  await readAndPark(stores, pullPage([item], { batchId: `pull-${randomUUID()}`, windowHours: 0 }));
  return item.messageId;
}

export async function countRows(stores: TestStores, table: string): Promise<number> {
  const [row] = await stores.sql<{ n: number }[]>`select count(*)::int as n from ${stores.sql(table)}`;
  return row?.n ?? 0;
}
