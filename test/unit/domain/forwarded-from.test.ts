import { describe, expect, it } from 'vitest';
import { asWritten, authorOf, keepStaffForward } from '../../../src/domain/forwarded-from.ts';
import { messageView as view } from '../../support/message-view.ts';

const CUSTOMER = { name: 'Ida', address: 'ida@shop.example', subject: 'Lamp' };
const forward = (from: string) =>
  view({ subject: 'Fwd: Lamp', from: { name: '', address: from }, forwardedFrom: CUSTOMER });

describe('a forward', () => {
  it.each([
    ['by a colleague', 'joe@firm.example', 'help@firm.example', true],
    ['by the account itself', 'help@gmail.com', 'help@gmail.com', true],
    ['by a stranger', 'mallory@elsewhere.example', 'help@firm.example', false],
    ['by one of the same public provider', 'mallory@gmail.com', 'help@gmail.com', false],
    ['by one of a domain that ends alike', 'joe@notfirm.example', 'help@firm.example', false],
    ['to an account without an address', '', '', false],
  ])('%s (%s to %s) counts: %#', (_, from, account, kept) => {
    const found = keepStaffForward(forward(from), account);
    expect(found.forwardedFrom).toEqual(kept ? CUSTOMER : undefined);
    expect(found.from.address).toBe(from);
  });

  it('of the account by a colleague is not from a customer', () => {
    expect(keepStaffForward(forward('joe@shop.example'), CUSTOMER.address).forwardedFrom).toBeUndefined();
  });

  it('reads as the customer wrote it, without what only the colleague set', () => {
    const sent = view({
      ...forward('joe@firm.example'),
      replyTo: [{ name: '', address: 'joe@home.example' }],
      cc: [{ name: '', address: 'boss@firm.example' }],
      messageIdHeader: 'inner@firm.example',
      references: ['a@firm.example'],
    });
    expect(asWritten(sent)).toMatchObject({
      from: { name: 'Ida', address: 'ida@shop.example' },
      subject: 'Fwd: Lamp',
      replyTo: [],
      cc: [],
      messageIdHeader: undefined,
      references: [],
    });
  });

  it('changes nothing where there is none', () => {
    const plain = view({ from: { name: 'Ida', address: 'ida@shop.example' } });
    expect(asWritten(plain)).toBe(plain);
    expect(authorOf(plain)).toBe(plain.from);
  });
});
