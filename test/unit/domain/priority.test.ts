import { describe, expect, it } from 'vitest';
import { ACCOUNT_ID_PATTERN } from '../../../src/domain/account.ts';
import {
  BACKFILL_PRIORITY_KEY,
  isMorePressing,
  PRIORITIES,
  toPriorityKey,
} from '../../../src/domain/priority.ts';
import { findCategory, type Taxonomy } from '../../../src/domain/taxonomy.ts';

describe('priorities', () => {
  it('are the keys 1 to 4, before every backfill', () => {
    expect(PRIORITIES.map(toPriorityKey)).toEqual([1, 2, 3, 4]);
    expect(BACKFILL_PRIORITY_KEY).toBe(5);
  });

  it('are ordered strictly', () => {
    for (const [a, one] of PRIORITIES.entries()) {
      for (const [b, other] of PRIORITIES.entries()) expect(isMorePressing(one, other)).toBe(a < b);
    }
  });
});

describe('the id of an account', () => {
  it.each(['a', 'sales', '2nd-level', 'a'.repeat(48)])('may be %s', (id) => {
    expect(ACCOUNT_ID_PATTERN.test(id)).toBe(true);
  });

  it.each(['', '-a', 'Sales', 'a_b', 'a/b', 'a b', 'ä', 'a\n', 'a'.repeat(49), 'ada@example.com'])(
    'may not be %j',
    (id) => {
      expect(ACCOUNT_ID_PATTERN.test(id)).toBe(false);
    },
  );
});

describe('a category', () => {
  const order = {
    id: 'order',
    name: 'Order',
    description: '',
    signals: {},
    priority: 'HIGH',
    odoo: 'lead',
    reply: 'draft',
  } as const;
  const taxonomy: Taxonomy = { version: '1', categories: [order], replies: { en: '' } };

  it('is found by its id alone', () => {
    expect(findCategory(taxonomy, 'order')).toBe(order);
    for (const id of ['Order', '', '__proto__', 'toString'])
      expect(findCategory(taxonomy, id)).toBeUndefined();
  });
});
