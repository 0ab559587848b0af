import { expect, it } from 'vitest';
import { describeAddress } from '../../../src/cli/describe-address.ts';

const id = 'orders';

it('says that nothing is drafted, and what to give', () => {
  expect(describeAddress({ id, address: '' }, '')).toEqual([
    'No replies are drafted: account "orders" has no address to answer from; give one with --address.',
  ]);
});

it('says nothing of an address that is as given, or that was there before', () => {
  expect(describeAddress({ id, address: 'orders@shop.example' }, 'orders@shop.example')).toEqual([]);
  expect(describeAddress({ id, address: 'orders@shop.example' }, '')).toEqual([]);
});

it('says which of two addresses counts', () => {
  expect(describeAddress({ id, address: 'orders@shop.example' }, 'sales@shop.example')).toEqual([
    'Account "orders" goes on to answer from orders@shop.example, not from sales@shop.example.',
  ]);
});
