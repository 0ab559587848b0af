import { expect, it } from 'vitest';
import { compareOwner } from '../../../src/domain/compare-owner.ts';

it.each([
  ['Ada.Lovelace@googlemail.com', 'adalovelace+x@gmail.com', 'same'],
  ['ada+orders@example.com', 'ADA@EXAMPLE.COM', 'same'],
  ['a.da@example.com', 'ada@example.com', 'other'],
  ['grace@gmail.com', 'ada@example.com', 'other'],
  ['help@shop.example.org', 'ada@example.com', 'unclear'],
  ['support@example.com', 'ada@gmail.com', 'unclear'],
] as const)('mail for %s, signed in as %s: %s', (address, signedIn, expected) => {
  expect(compareOwner(address, signedIn)).toBe(expected);
});
