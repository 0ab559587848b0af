import { describe, expect, it } from 'vitest';
import type { MessageView } from '../../../src/domain/message.ts';
import { markOwnMail } from '../../../src/domain/own-mail.ts';
import { messageView as view } from '../../support/message-view.ts';

const OWN = 'help@firm.example';
const from = (address: string, facts: Partial<MessageView> = {}) =>
  view({ from: { name: '', address }, replyTo: [], automatic: { kind: 'person', reasons: [] }, ...facts });
const to = (address: string) => [{ name: '', address }];

describe('mail in our own name', () => {
  it('waits for no answer, such as a copy from the Sent folder', () => {
    const { automatic } = markOwnMail(from('Help@Firm.example'), OWN);
    expect(automatic).toEqual({ kind: 'notification', reasons: ['From: our own address'] });
    expect(markOwnMail(from(OWN, { replyTo: to(OWN) }), OWN).automatic.kind).toBe('notification');
  });

  it.each([
    ['somebody else', from('ida@shop.example')],
    ['a form that says whom to answer', from(OWN, { replyTo: to('ida@shop.example') })],
    [
      'a staff forward',
      from(OWN, { forwardedFrom: { name: 'Ida', address: 'ida@shop.example', subject: '' } }),
    ],
    ['a machine that is known by more', from(OWN, { automatic: { kind: 'bounce', reasons: ['DSN'] } })],
  ])('but not of %s', (_whose, message) => {
    expect(markOwnMail(message, OWN)).toBe(message);
  });

  it('is not told of an account without an address', () => {
    const message = from('');
    expect(markOwnMail(message, '')).toBe(message);
  });
});
