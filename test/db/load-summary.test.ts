import { afterAll, beforeAll, expect, it } from 'vitest';
import { summarize } from '../../src/cli/load-mail.ts';
import { messageKey } from '../../src/mail/identity.ts';
import { faultItem, newItem, pullPage, readAndPark } from './support/intake-pages.ts';
import { ACCOUNT, openStores, type TestStores } from './support/open-stores.ts';

let stores: TestStores;
beforeAll(async () => {
  stores = await openStores();
});
afterAll(() => stores.close());

it('counts what of the mail given is in quarantine since an earlier batch', async () => {
  const items = [faultItem('refused'), newItem('failed'), newItem('fine')];
  const give = async (batchId: string) => {
    await readAndPark(stores, pullPage(items, { batchId, windowHours: 0 }));
    return summarize({ stores }, await stores.batches.get(batchId), {
      startedAt: Date.now(),
      decidedBefore: 0,
    });
  };
  expect(await give('first')).toMatchObject({ messages: 3, duplicates: 0, quarantined: 1 });
  const messageId = messageKey(ACCOUNT.id, 'failed');
  await stores.quarantine.addMessage({ messageId, stage: 'sync', failureType: 'Rejected', reason: 'no' });
  expect(await give('second')).toMatchObject({ messages: 3, duplicates: 2, quarantined: 2 });
});
