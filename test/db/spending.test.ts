import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDatabaseClient } from '../../db/client.ts';
import { createBudget } from '../../src/create-budget.ts';
import { createStores } from '../../src/create-stores.ts';
import { ACCOUNT, openStores, type TestStores } from './support/open-stores.ts';

const QUIET = { warn: () => undefined };
const NO_LIMIT = { tokensPerDay: undefined, undecidedShare: 0.5 };
let stores: TestStores;
beforeAll(async () => {
  stores = await openStores();
});
afterAll(() => stores.close());

let accounts = 0;
async function account(modelTokensPerDay?: number) {
  const one = { ...ACCOUNT, id: `spender-${++accounts}`, modelTokensPerDay };
  await stores.accounts.add(one, undefined);
  return one;
}
const spent = async (id: string) => (await stores.spending.listToday()).get(id);

describe('the budget of an account for models', () => {
  it('is shared by all workers, however many ask at once', async () => {
    const one = await account(3000);
    const other = createDatabaseClient(stores.url, { connections: 3 });
    const workers = [stores.spending, createStores(other.db).spending];
    const asked = await Promise.allSettled(
      Array.from({ length: 20 }, (_, i) => {
        const store = workers[i % 2];
        if (store === undefined) throw new Error('no worker');
        return createBudget(store, NO_LIMIT, QUIET)(one).reserve(1000);
      }),
    );
    await other.close();
    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    const refusals = asked.flatMap((each) => (each.status === 'rejected' ? [each.reason as unknown] : []));
    expect(refusals[0]).toMatchObject({ type: 'Rejected', details: { budget: 3000 } });
    expect(await spent(one.id)).toEqual({ tokens: 3000, calls: 3, refused: 17 });
  });

  it('counts what a call took instead of what it was reckoned to take', async () => {
    const one = await account(1000);
    const budget = createBudget(stores.spending, NO_LIMIT, QUIET)(one);
    await (await budget.reserve(900))(250);
    expect(await spent(one.id)).toMatchObject({ tokens: 250 });
    await (await budget.reserve(900))(undefined);
    expect(await spent(one.id)).toMatchObject({ tokens: 1150, calls: 2 });
    await expect(budget.reserve(1)).rejects.toMatchObject({ type: 'Rejected' });
    expect((await stores.accounts.get(one.id)).modelTokensPerDay).toBe(1000);
  });

  it('keeps a share of the day for what is undecided', async () => {
    const one = await account(1000);
    const open = createBudget(stores.spending, { tokensPerDay: undefined, undecidedShare: 0.4 }, QUIET);
    await open(one, { isUndecided: false }).reserve(600);
    await expect(open(one, { isUndecided: false }).reserve(1)).rejects.toMatchObject({
      type: 'Rejected',
      message: 'The share of the day for mail that is sure is spent',
    });
    // Tokens are left: that is no empty budget.
    expect(await spent(one.id)).toMatchObject({ tokens: 600, refused: 0 });
    await open(one, { isUndecided: true }).reserve(400);
    await expect(open(one, { isUndecided: true }).reserve(1)).rejects.toMatchObject({ type: 'Rejected' });
    await expect(open(one, { isUndecided: false }).reserve(1)).rejects.toMatchObject({ type: 'Rejected' });
    expect(await spent(one.id)).toMatchObject({ tokens: 1000, refused: 2 });
  });

  it('begins anew with each day', async () => {
    const one = await account(100);
    const budget = createBudget(stores.spending, NO_LIMIT, QUIET)(one);
    await budget.reserve(200);
    await stores.sql`update model_spend set day = day - 1 where account_id = ${one.id}`;
    expect(await spent(one.id)).toBeUndefined();
    await budget.reserve(200);
    expect(await spent(one.id)).toMatchObject({ tokens: 200, calls: 1 });
  });

  it.each([
    ['its own before that of the house', 5000, 10, 'fulfilled'],
    ['that of the house without its own', undefined, 10, 'rejected'],
    ['none, and any call is made', undefined, undefined, 'fulfilled'],
    ['nothing at all, and no call is made', 0, undefined, 'rejected'],
  ])('is %s', async (_what, own, usual, status) => {
    const one = await account(own);
    const budget = createBudget(stores.spending, { tokensPerDay: usual, undecidedShare: 0.5 }, QUIET)(one);
    if (status === 'rejected' && usual !== undefined) await budget.reserve(50);
    const [second] = await Promise.allSettled([budget.reserve(50)]);
    expect(second.status).toBe(status);
    expect(await spent(one.id)).toMatchObject({ refused: status === 'rejected' ? 1 : 0 });
  });
});
