import PostalMime from 'postal-mime';
import { describe, expect, it } from 'vitest';
import type { Draft } from '../../../src/domain/draft.ts';
import { composeMessage } from '../../../src/mail/compose/compose-message.ts';
import { mintMessageId } from '../../../src/mail/compose/mint-message-id.ts';

const DRAFT: Draft = {
  id: 'd1',
  messageId: 'm1',
  accountId: 'support',
  state: 'approved',
  from: { name: 'Support', address: 'support@example.com' },
  to: [{ name: 'Ann Ünal, "the boss"', address: 'ann@customer.example' }],
  cc: [{ name: '', address: 'bob@bücher.example' }],
  subject: 'Re: Gebrochene Pümpe',
  text: 'Grüße\n.\n..dots\r\nFrom here\n'.repeat(3),
  inReplyTo: 'm1@customer.example',
  references: ['a@x', 'm1@customer.example'],
  hash: '',
  automatic: false,
};
const DATE = new Date('2026-11-21T08:00:00Z');

async function parsed(draft: Partial<Draft> = {}) {
  const message = await composeMessage({ ...DRAFT, ...draft }, 'id-1@example.com', DATE);
  const mail = await PostalMime.parse(message.raw);
  return { message, mail, headers: new Map(mail.headers.map(({ key, value }) => [key, value])) };
}

describe('composeMessage', () => {
  it('writes what a reader gets back', async () => {
    const { mail, headers } = await parsed();
    expect(mail.messageId).toBe('<id-1@example.com>');
    expect(mail.inReplyTo).toBe('<m1@customer.example>');
    expect(mail.references).toBe('<a@x> <m1@customer.example>');
    expect(mail.subject).toBe(DRAFT.subject);
    expect(mail.to).toEqual([{ name: 'Ann Ünal, "the boss"', address: 'ann@customer.example' }]);
    expect(mail.text?.replaceAll('\r\n', '\n').trim()).toBe(DRAFT.text.replaceAll('\r\n', '\n').trim());
    expect(headers.get('date')).toBe('Sat, 21 Nov 2026 08:00:00 +0000');
  });

  it('gives the envelope ASCII domains and every recipient once', async () => {
    const { message } = await parsed();
    expect(message.envelopeFrom).toBe('support@example.com');
    expect(message.envelopeTo).toEqual(['ann@customer.example', 'bob@xn--bcher-kva.example']);
  });

  it('marks what is sent without a person, and nothing else', async () => {
    const automatic = await parsed({ automatic: true });
    expect(automatic.headers.get('auto-submitted')).toBe('auto-replied');
    expect(automatic.headers.get('x-auto-response-suppress')).toBe('All');
    expect(automatic.headers.get('precedence')).toBe('bulk');
    const { headers } = await parsed();
    for (const key of ['auto-submitted', 'x-auto-response-suppress', 'precedence']) {
      expect(headers.has(key), key).toBe(false);
    }
  });

  it('holds no bare CR, no bare LF, no NUL and no line over 998 bytes', async () => {
    const text = `a\rb\nc\0\r\n.\r\n${'x'.repeat(5_000)}\r.\rend`;
    const references = Array.from({ length: 20 }, (_, index) => `${'r'.repeat(300)}${index}@x`);
    const { message } = await parsed({ text, references, subject: 'ü '.repeat(400) });
    const raw = Buffer.from(message.raw).toString('latin1');
    expect(raw.replaceAll('\r\n', '')).not.toMatch(/[\r\n\0]/);
    expect(Math.max(...raw.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(998);
  });

  const bad = (value: string): [string, Partial<Draft>][] => [
    ['From', { from: { name: value, address: 'a@example.com' } }],
    ['From', { from: { name: '', address: `a${value}@example.com` } }],
    ['To', { to: [{ name: value, address: 'a@example.com' }] }],
    ['To', { to: [{ name: '', address: `a@example.com${value}` }] }],
    ['Cc', { cc: [{ name: '', address: `${value}a@example.com` }] }],
    ['Subject', { subject: `Re: ${value}` }],
    ['In-Reply-To', { inReplyTo: `a${value}@x` }],
    ['References', { references: [`a${value}@x`] }],
  ];

  it.each(['\r', '\n', '\r\nBcc: evil@attacker.example', '\0', '\x1b'].flatMap(bad))(
    'refuses control characters in %s',
    async (field, draft) => {
      const sent = composeMessage({ ...DRAFT, ...draft }, 'id@x');
      await expect(sent).rejects.toMatchObject({
        type: 'InvalidInput',
        message: expect.stringContaining(field),
      });
      await expect(sent).rejects.toMatchObject({ message: expect.not.stringContaining('evil') });
    },
  );

  it('refuses a Message-ID that could break the header', async () => {
    for (const id of ['a@x\r\nBcc: e@x', '<a@x>', 'a b@x', '']) {
      await expect(composeMessage(DRAFT, id)).rejects.toMatchObject({ type: 'InvalidInput' });
    }
  });

  it('refuses two addresses in the place of one, and nobody at all', async () => {
    const two = [{ name: '', address: 'a@example.com,evil@attacker.example' }];
    await expect(composeMessage({ ...DRAFT, to: two }, 'id@x')).rejects.toMatchObject({
      type: 'InvalidInput',
    });
    await expect(composeMessage({ ...DRAFT, to: [] }, 'id@x')).rejects.toMatchObject({
      type: 'InvalidInput',
    });
  });
});

describe('mintMessageId', () => {
  it('is new each time, at the domain of the account', () => {
    expect(mintMessageId('support@example.com')).toMatch(/^[0-9a-f-]{36}@example\.com$/);
    expect(mintMessageId('a@bücher.example')).toMatch(/@xn--bcher-kva\.example$/);
    expect(mintMessageId('a@x.example')).not.toBe(mintMessageId('a@x.example'));
  });

  it.each(['', 'support', 'support@', 'a@b\r\nc', 'a@b c'])('refuses %j', (address) => {
    expect(() => mintMessageId(address)).toThrow(expect.objectContaining({ type: 'InvalidInput' }));
  });
});
