import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Decided } from '../../db/decided.ts';
import { findings, LOCAL, reading } from '../activities/support/readings.ts';
import { parkOne } from './support/intake-pages.ts';
import { view } from './support/message-views.ts';
import { ACCOUNT, openStores, type TestStores } from './support/open-stores.ts';

let stores: TestStores;
beforeAll(async () => {
  stores = await openStores();
});
afterAll(() => stores.close());

const READING: Decided = {
  ...reading('order', 'local'),
  findings: findings('order'),
  provenance: LOCAL.provenance,
};

let parked = 0;
async function decided(given: Decided = READING): Promise<string> {
  const id = await parkOne(stores, `question-${++parked}`);
  await stores.messages.saveView(ACCOUNT.id, id, view());
  await stores.messages.saveDecided(id, given, 'summarize');
  return id;
}

describe('what a person has to decide', () => {
  const disputed: Decided = {
    ...READING,
    classification: { ...READING.classification, needsPerson: 'order or complaint' },
    priority: { priority: 'HIGH', reasons: [], needsPerson: 'LOW or HIGH' },
  };
  const asked = async (id: string) => (await stores.messageList.get(id)).needsPerson;

  it('is on record with the reading, each question until it is answered', async () => {
    const id = await decided(disputed);
    expect(await asked(id)).toBe('order or complaint; LOW or HIGH');
    await stores.messages.changeCategory(id, 'complaint', 'ada');
    expect(await asked(id)).toBe('LOW or HIGH');
    await stores.messages.changePriority(id, 'LOW', 'ada');
    expect(await asked(id)).toBeNull();
    await stores.messages.saveDecided(id, disputed, 'consult');
    expect(await asked(id)).toBeNull();
    expect(await asked(await decided())).toBeNull();
  });

  it.each([
    ['skipped', null],
    ['sent', null],
    ['draft-rejected', null],
    ['processed', 'order or complaint; LOW or HIGH'],
    ['draft-expired', 'order or complaint; LOW or HIGH'],
  ] as const)('is answered by a person who ended it (%s)', async (outcome, left) => {
    const id = await decided(disputed);
    await stores.messages.settle(id, outcome, undefined);
    expect(await asked(id)).toBe(left);
  });
});
