import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Address, MessageView } from '../../../src/domain/message.ts';
import { composeReply, type Reply, type ReplyRequest } from '../../../src/mail/compose/compose-reply.ts';
import { messageView } from '../../support/message-view.ts';

const SELF: Address = { name: 'Support', address: 'support@example.com' };
const at = (address: string, name = ''): Address => ({ name, address });

const VIEW = messageView({
  subject: 'Broken pump',
  from: at('ann@customer.example', 'Ann'),
  to: [SELF],
  messageIdHeader: 'm1@customer.example',
  date: undefined,
});

function compose(view: Partial<MessageView>, request: Partial<ReplyRequest> = {}) {
  return composeReply({
    view: { ...VIEW, ...view },
    accountAddress: SELF,
    text: 'Hello',
    automatic: false,
    ...request,
  });
}

function reply(view: Partial<MessageView>, request: Partial<ReplyRequest> = {}): Reply {
  const composition = compose(view, request);
  if (composition.kind === 'reply') return composition.reply;
  throw new Error(composition.reason);
}

const addresses = (list: readonly Address[]) => list.map(({ address }) => address);

describe('recipients', () => {
  it('answers the sender from the account', () => {
    expect(reply({})).toMatchObject({ from: SELF, to: [VIEW.from], cc: [], automatic: false });
  });

  it('puts Reply-To before From', () => {
    expect(addresses(reply({ replyTo: [at('desk@customer.example')] }).to)).toEqual([
      'desk@customer.example',
    ]);
  });

  it('falls back to From when Reply-To leads to us, to a robot or nowhere', () => {
    for (const useless of [
      'support@example.com',
      'Support+x@Example.com',
      'no-reply@a.example',
      '',
      'not an address',
    ]) {
      expect(addresses(reply({ replyTo: [at(useless)] }).to), useless).toEqual(['ann@customer.example']);
    }
  });

  it('keeps the copied people without us, doubles, robots and addresses nobody can write to', () => {
    const cc = [
      at('bob@customer.example'),
      at('BOB@customer.example'),
      at('ann@customer.example'),
      at('support+ticket@example.com'),
      at('mailer-daemon@customer.example'),
      at(''),
      at('x@y, evil@attacker.example'),
      at('a@b\r\nBcc: evil@attacker.example'),
      at('<>'),
    ];
    expect(addresses(reply({ cc }).cc)).toEqual(['bob@customer.example']);
  });

  it('copies nobody on request, and never from an automatic answer', () => {
    const cc = [at('bob@customer.example')];
    expect(reply({ cc }, { keepCc: false }).cc).toEqual([]);
    expect(reply({ cc }, { automatic: true }).cc).toEqual([]);
    expect(reply({ cc }, { automatic: true, keepCc: true }).cc).toHaveLength(1);
  });

  it('takes control characters out of names', () => {
    expect(reply({ from: at('ann@customer.example', 'Ann\r\nBcc: x@y') }).to[0]?.name).toBe('Ann Bcc: x@y');
  });
});

describe('what is not answered', () => {
  it.each(['auto-reply', 'bounce', 'list', 'notification'] as const)('mail of kind %s', (kind) => {
    expect(compose({ automatic: { kind, reasons: ['List-Id: x'] } })).toEqual({
      kind: 'not-answerable',
      reason: `not written by a person (${kind}: List-Id: x)`,
    });
  });

  it.each([
    ['', 'usable'],
    ['support@example.com', 'this account'],
    ['support+a@EXAMPLE.com', 'this account'],
    ['noreply@shop.example', 'no-reply'],
    ['Do_Not-Reply@shop.example', 'no-reply'],
    ['orders-noreply+77@shop.example', 'no-reply'],
    ['nicht-antworten@laden.example', 'no-reply'],
    ['ne-pas-repondre@boutique.example', 'no-reply'],
    ['MAILER-DAEMON@mx.example', 'no-reply'],
    ['bounces+1-2@mx.example', 'no-reply'],
  ])('mail from "%s"', (address, reason) => {
    expect(compose({ from: at(address) })).toMatchObject({ reason: expect.stringContaining(reason) });
  });

  it('people whose names look a little like robots are answered', () => {
    for (const address of ['bouncer@club.example', 'rep@sales.example', 'postmasters@x.example']) {
      expect(compose({ from: at(address) }).kind, address).toBe('reply');
    }
  });

  it('a mail that would make us write to a crowd', () => {
    const cc = Array.from({ length: 60 }, (_, index) => at(`p${index}@crowd.example`));
    expect(compose({ cc })).toMatchObject({ reason: 'the answer would reach 61 people' });
  });
});

describe('subject', () => {
  it.each([
    ['Broken pump', 'Re: Broken pump'],
    ['RE: AW: Re[2]: Broken pump', 'Re: Broken pump'],
    ['Antw: SV: VS: Odp: Rif: RES: Rép : Broken pump', 'Re: Broken pump'],
    ['Re：Broken pump', 'Re: Broken pump'],
    ['Fwd: Re: Broken pump', 'Re: Fwd: Re: Broken pump'],
    ['Regarding: the pump', 'Re: Regarding: the pump'],
    ['', 'Re:'],
    ['Pump\r\nBcc: evil@attacker.example', 'Re: Pump Bcc: evil@attacker.example'],
  ])('%j becomes %j', (subject, expected) => {
    expect(reply({ subject }).subject).toBe(expected);
  });

  it('never grows in a long exchange, and hostile ones cost nothing', () => {
    let { subject } = reply({ subject: 'Re: '.repeat(200_000) });
    for (let round = 0; round < 5; round++) subject = reply({ subject }).subject;
    expect(subject).toBe('Re:');
    expect(reply({ subject: `re[${' '.repeat(500_000)}` }).subject.length).toBeLessThan(500);
  });
});

describe('threading', () => {
  it('is the References of the parent and its id', () => {
    expect(reply({ references: ['a@x', 'b@x'] })).toMatchObject({
      inReplyTo: 'm1@customer.example',
      references: ['a@x', 'b@x', 'm1@customer.example'],
    });
  });

  it('uses In-Reply-To of a parent without References', () => {
    expect(reply({ inReplyTo: 'a@x' }).references).toEqual(['a@x', 'm1@customer.example']);
  });

  it('keeps the root and the latest of an endless exchange', () => {
    const references = Array.from({ length: 500 }, (_, index) => `r${index}@x`);
    const result = reply({ references }).references;
    expect(result).toHaveLength(20);
    expect([result[0], result.at(-2), result.at(-1)]).toEqual(['r0@x', 'r499@x', 'm1@customer.example']);
  });

  it('leaves out ids that could break a header', () => {
    const result = reply({ references: ['a@x\r\nBcc: e@x', 'ok@x'], messageIdHeader: 'b d@x' });
    expect(result).toMatchObject({ inReplyTo: undefined, references: ['ok@x'] });
  });
});

describe('hash', () => {
  it('changes with recipients, subject and text, and with nothing else', () => {
    const base = reply({}).hash;
    expect(base).toMatch(/^[0-9a-f]{64}$/);
    expect(reply({ references: ['z@x'] }, { automatic: true }).hash).toBe(base);
    expect(reply({}, { text: 'Hello!' }).hash).not.toBe(base);
    expect(reply({ subject: 'Other' }).hash).not.toBe(base);
    expect(reply({ cc: [at('bob@customer.example')] }).hash).not.toBe(base);
  });
});

it('whatever the headers hold, no control character and no own address comes out', () => {
  const text = fc.string({ unit: 'binary', maxLength: 40 });
  const someone = fc.record({ name: text, address: fc.oneof(text, fc.emailAddress()) });
  fc.assert(
    fc.property(
      fc.array(someone),
      fc.array(someone),
      text,
      fc.array(text),
      (cc, replyTo, subject, references) => {
        const composition = compose({ cc, replyTo, subject, references });
        if (composition.kind !== 'reply') return;
        const { to, cc: copies, subject: out, references: ids } = composition.reply;
        const recipients = [...to, ...copies];
        expect(to.length).toBeGreaterThan(0);
        expect(new Set(addresses(recipients)).size).toBe(recipients.length);
        expect(addresses(recipients)).not.toContain(SELF.address);
        const everything = [...recipients.flatMap(({ name, address }) => [name, address]), out, ...ids];
        for (const value of everything) expect(value).not.toMatch(/\p{Cc}/u);
      },
    ),
  );
});
