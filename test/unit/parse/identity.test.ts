import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentHash, messageKey, sourceHash } from '../../../src/mail/identity.ts';

const MAIL =
  'Message-ID: <a@x>\r\nFrom: Ann <a@x>\r\nSubject: one two\r\nDate: today\r\n\r\nbody\r\nmore\r\n';
const hash = (text: string): string => contentHash(Buffer.from(text));

describe('the content hash', () => {
  it.each([
    ['line ends', MAIL.replaceAll('\r\n', '\n')],
    ['trace fields', `Received: from a\r\n\tby b\r\nX-Spam: no\r\nDelivered-To: c@x\r\n${MAIL}`],
    ['folding', MAIL.replace('one two', 'one\r\n\ttwo')],
    ['case of names and order', `subject: one two\r\n${MAIL.replace('Subject: one two\r\n', '')}`],
    ['empty lines at the end', `${MAIL}\r\n\r\n`],
  ])('survives other %s', (_, source) => expect(hash(source)).toBe(hash(MAIL)));

  it.each([
    ['Message-ID', MAIL.replace('<a@x>', '<b@x>')],
    ['subject', MAIL.replace('one two', 'one three')],
    ['body', MAIL.replace('more', 'less')],
  ])('changes with the %s', (_, source) => expect(hash(source)).not.toBe(hash(MAIL)));

  it('takes any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 500 }), (raw) => /^[0-9a-f]{64}$/.test(contentHash(raw))),
    );
  });
});

it('hashes the source as it is', () => {
  expect(sourceHash(Buffer.from('abc'))).toBe(
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  );
});

describe('the message key', () => {
  it('is 26 characters that are safe in a workflow id, and the same each time', () => {
    expect(messageKey('sales', 'INBOX;1;42')).toMatch(/^[a-z2-7]{26}$/);
    expect(messageKey('sales', 'INBOX;1;42')).toBe(messageKey('sales', 'INBOX;1;42'));
  });

  it('keeps account and provider key apart', () => {
    expect(messageKey('a', 'bc')).not.toBe(messageKey('ab', 'c'));
  });
});

describe('mail that says neither who it is nor when it was written', () => {
  const form = Buffer.from('From: form@shop.example\r\nSubject: Contact\r\n\r\nPlease call me.\r\n');
  const at = (day: string) => contentHash(form, new Date(`${day}T10:00:00Z`));

  it('is the same only on one day', () => {
    expect(at('2026-03-01')).toBe(contentHash(form, new Date('2026-03-01T23:00:00Z')));
    expect(at('2026-03-01')).not.toBe(at('2026-06-01'));
    expect(contentHash(form)).toBe(contentHash(form));
  });

  it('is told apart from mail that has a date of its own', () => {
    const dated = Buffer.concat([Buffer.from('Date: Sun, 1 Mar 2026 10:00:00 +0000\r\n'), form]);
    expect(contentHash(dated, new Date(0))).toBe(contentHash(dated, new Date(1e12)));
  });
});
