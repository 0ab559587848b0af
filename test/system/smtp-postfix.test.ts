import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Draft } from '../../src/domain/draft.ts';
import { createSmtpSender } from '../../src/mail/smtp/create-smtp-sender.ts';
import { describeUnless } from '../support/describe-unless.ts';
import { findPostfixObstacle, type Postfix, startPostfix } from '../support/smtp/start-postfix.ts';
import { type ScriptedSmtpServer, startSmtpServer } from '../support/smtp/start-smtp-server.ts';

const obstacle = findPostfixObstacle();

const DRAFT: Draft = {
  id: 'd1',
  messageId: 'm1',
  accountId: 'support',
  state: 'approved',
  from: { name: 'Support', address: 'support@example.test' },
  to: [{ name: 'Ann', address: 'ann@example.test' }],
  cc: [],
  subject: 'Re: Pümp',
  text: 'Grüße\n.\n..\nend',
  inReplyTo: 'a@x',
  references: ['a@x'],
  hash: '',
  automatic: true,
};

describeUnless(obstacle, 'a sender against Postfix', () => {
  let postfix: Postfix;
  let next: ScriptedSmtpServer;

  beforeAll(async () => {
    next = await startSmtpServer({ security: 'none' });
    postfix = await startPostfix(next.settings.port);
  });
  afterAll(async () => {
    await postfix.stop();
    await next.stop();
  });

  const send = (draft: Partial<Draft>, messageIdHeader = 'x@example.test') =>
    createSmtpSender(postfix.settings).send({
      draft: { ...DRAFT, ...draft },
      messageIdHeader,
      signal: AbortSignal.timeout(20_000),
    });
  const to = (...names: string[]) => names.map((name) => ({ name: '', address: `${name}@example.test` }));

  it('passes the message on once, byte for byte where it counts', async () => {
    expect(await send({}, 'one@example.test')).toMatchObject({ kind: 'sent' });
    await vi.waitFor(() => expect(next.count('one@example.test')).toBe(1), 30_000);
    const raw = next.received.at(-1)?.raw.toString() ?? '';
    expect(raw).toContain('Auto-Submitted: auto-replied');
    expect(raw).toMatch(/ESMTPS/);
    expect(raw).toContain('In-Reply-To: <a@x>');
  });

  it('tells the answers of a real server apart', async () => {
    expect(await send({ to: to('greylisted') })).toMatchObject({ kind: 'deferred', retryAfterMs: 300_000 });
    expect(await send({ to: to('full') })).toMatchObject({ kind: 'deferred', retryAfterMs: undefined });
    expect(await send({ to: to('rate') })).toMatchObject({
      kind: 'deferred',
      reason: expect.stringContaining('421'),
    });
    expect(await send({ to: to('nouser') })).toMatchObject({ kind: 'refused', code: 550 });
    expect(await send({ text: 'x\n'.repeat(200_000) })).toMatchObject({ kind: 'refused', code: 552 });
  });

  it('sends nothing to anyone when one recipient is refused', async () => {
    const before = next.received.length;
    expect(await send({ to: to('ann', 'nouser'), cc: to('bob') }, 'two@example.test')).toMatchObject({
      kind: 'refused',
      response: expect.stringContaining('1 of 3 recipients refused: 550'),
    });
    expect(await send({}, 'three@example.test')).toMatchObject({ kind: 'sent' });
    await vi.waitFor(() => expect(next.count('three@example.test')).toBe(1), 30_000);
    expect(next.count('two@example.test')).toBe(0);
    expect(next.received).toHaveLength(before + 1);
  });
});
