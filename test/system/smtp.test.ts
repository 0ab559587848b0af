import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Draft } from '../../src/domain/draft.ts';
import { createSmtpSender } from '../../src/mail/smtp/create-smtp-sender.ts';
import type { SmtpSettings } from '../../src/mail/smtp/smtp-settings.ts';
import { startCuttingProxy } from '../support/smtp/start-cutting-proxy.ts';
import { type ScriptedSmtpServer, startSmtpServer } from '../support/smtp/start-smtp-server.ts';

/** Patient, so that a busy machine fails no test; `HASTY` where silence is what is tested. */
const TIMEOUTS = { connectMs: 10_000, idleMs: 10_000, totalMs: 20_000 };
const HASTY = { connectMs: 400, idleMs: 400, totalMs: 1_000 };
const DRAFT: Draft = {
  id: 'd1',
  messageId: 'm1',
  accountId: 'support',
  state: 'approved',
  from: { name: 'Support', address: 'support@example.com' },
  to: [{ name: 'Ann', address: 'ann@customer.example' }],
  cc: [
    { name: '', address: 'bob@customer.example' },
    { name: '', address: 'eve@customer.example' },
  ],
  subject: 'Re: Pümp',
  text: 'Grüße\n.\nend',
  inReplyTo: undefined,
  references: [],
  hash: '',
  automatic: false,
};

const NEVER = new AbortController().signal;
let serial = 0;

async function send(settings: SmtpSettings, draft: Partial<Draft> = {}, timeouts = TIMEOUTS, signal = NEVER) {
  const messageIdHeader = `id-${++serial}@example.com`;
  const sender = createSmtpSender(settings, timeouts);
  const result = await sender.send({ draft: { ...DRAFT, ...draft }, messageIdHeader, signal });
  await sender.close();
  return { result, messageIdHeader };
}

describe.each([
  { security: 'starttls', pipelining: true },
  { security: 'none', pipelining: false },
] as const)('a sender over $security, pipelining $pipelining', (options) => {
  let server: ScriptedSmtpServer;
  beforeAll(async () => {
    server = await startSmtpServer({ ...options, user: { name: 'mail', password: 'right' } });
  });
  afterEach(() => server.reset());
  afterAll(() => server.stop());

  it('delivers the message once, with the id that was minted', async () => {
    const { result, messageIdHeader } = await send(server.settings);
    expect(result).toEqual({ kind: 'sent', response: expect.stringMatching(/^250 /) });
    expect(server.count(messageIdHeader)).toBe(1);
    expect(server.received[0]).toMatchObject({
      from: 'support@example.com',
      to: ['ann@customer.example', 'bob@customer.example', 'eve@customer.example'],
      tls: options.security !== 'none',
      user: 'mail',
    });
  });

  it('takes a 250 at its word when the connection drops right after it', async () => {
    server.script.add({ at: 'dot', answer: 250, drop: true });
    const { result, messageIdHeader } = await send(server.settings);
    expect(result.kind).toBe('sent');
    expect(server.count(messageIdHeader)).toBe(1);
  });

  it.each([true, false])('calls a drop after the final dot unknown (server kept it: %s)', async (keep) => {
    server.script.add({ at: 'dot', drop: true, keep });
    const { result, messageIdHeader } = await send(server.settings);
    expect(result).toEqual({
      kind: 'unknown',
      reason: expect.stringContaining('before the server answered'),
    });
    expect(server.count(messageIdHeader)).toBe(keep ? 1 : 0);
    expect(server.received.length).toBe(keep ? 1 : 0);
  });

  it('calls silence after the final dot unknown', async () => {
    server.script.add({ at: 'dot', delayMs: 900 });
    const { result } = await send(server.settings, {}, HASTY);
    expect(result).toMatchObject({ kind: 'unknown', reason: expect.stringContaining('ETIMEDOUT') });
  });

  it.each(['connect', 'auth', 'mail', 'rcpt'] as const)('defers when the server drops at %s', async (at) => {
    server.script.add({ at, drop: true });
    const { result } = await send(server.settings);
    expect(result).toMatchObject({ kind: 'deferred', retryAfterMs: undefined });
    expect(server.received).toEqual([]);
  });

  it('defers when the server drops in the middle of a long message', async () => {
    server.script.add({ at: 'body', drop: true });
    const { result } = await send(server.settings, { text: 'Lorem ipsum dolor sit amet.\n'.repeat(200_000) });
    expect(result).toMatchObject({ kind: 'deferred', reason: expect.stringContaining('was complete') });
    expect(server.received).toEqual([]);
  });

  it.each(['connect', 'mail', 'rcpt'] as const)('defers when the server stays silent at %s', async (at) => {
    server.script.add({ at, delayMs: 900 });
    const { result } = await send(server.settings, {}, HASTY);
    expect(result).toMatchObject({ kind: 'deferred', reason: expect.stringContaining('ETIMEDOUT') });
  });

  it('waits for a slow server that answers in time', async () => {
    for (const at of ['connect', 'mail', 'rcpt', 'dot'] as const) server.script.add({ at, delayMs: 100 });
    expect((await send(server.settings)).result.kind).toBe('sent');
  });

  describe.each(['connect', 'mail', 'rcpt', 'dot'] as const)('at %s', (at) => {
    it.each([421, 450, 451, 452])('defers on %i', async (answer) => {
      server.script.add({ at, answer, text: 'Not now' });
      const { result } = await send(server.settings);
      expect(result).toMatchObject({ kind: 'deferred', reason: expect.stringContaining(`${answer}`) });
      expect(server.received).toEqual([]);
    });

    it.each([550, 552, 554])('stops on %i', async (answer) => {
      server.script.add({ at, answer, text: 'Never <ann@customer.example>' });
      const { result } = await send(server.settings);
      expect(result).toMatchObject({ kind: 'refused', code: answer });
      expect(JSON.stringify(result)).not.toContain('customer.example');
      expect(server.received).toEqual([]);
    });
  });

  it('says when to come back after greylisting', async () => {
    server.script.add({ at: 'rcpt', answer: 451, text: '4.7.1 Greylisted, try again in 90 seconds' });
    expect((await send(server.settings)).result).toMatchObject({ kind: 'deferred', retryAfterMs: 90_000 });
  });

  it('sends nothing to anyone when one recipient is refused for good', async () => {
    server.script.add({ at: 'rcpt', answer: 450, recipient: 'ann@customer.example' });
    server.script.add({ at: 'rcpt', answer: 550, recipient: 'bob@customer.example', text: 'No such user' });
    const { result } = await send(server.settings);
    expect(result).toMatchObject({ kind: 'refused', code: 550 });
    expect(result).toMatchObject({ response: expect.stringContaining('2 of 3 recipients refused: 550') });
    await delay(50);
    expect(server.received).toEqual([]);
  });

  it('sends nothing to anyone when one recipient is refused for now', async () => {
    server.script.add({ at: 'rcpt', answer: 452, recipient: 'eve@customer.example' });
    const { result } = await send(server.settings);
    expect(result).toMatchObject({ kind: 'deferred', reason: expect.stringContaining('1 of 3 recipients') });
    await delay(50);
    expect(server.received).toEqual([]);
  });

  it('reports a refused login and sends nothing', async () => {
    const settings = { ...server.settings, password: 'wrong' };
    await expect(send(settings)).rejects.toMatchObject({
      type: 'AuthenticationFailed',
      details: { code: 535 },
    });
    await expect(send({ ...server.settings, username: undefined })).rejects.toMatchObject({
      type: 'AuthenticationFailed',
    });
    expect(server.received).toEqual([]);
  });

  it('defers when the login cannot be checked now', async () => {
    server.script.add({ at: 'auth', answer: 454, text: 'Temporary authentication failure' });
    expect((await send(server.settings)).result).toMatchObject({ kind: 'deferred' });
  });

  it('stops when told so: deferred before the final dot, unknown after it', async () => {
    for (const [at, kind] of [
      ['rcpt', 'deferred'],
      ['dot', 'unknown'],
    ] as const) {
      server.script.add({ at, delayMs: 500 });
      const stop = new AbortController();
      void server.script.reached(at).then(() => stop.abort());
      const { result } = await send(server.settings, {}, TIMEOUTS, stop.signal);
      expect(result, at).toMatchObject({ kind, reason: expect.stringContaining('stopped') });
      server.script.clear();
    }
    const before = server.connections;
    expect((await send(server.settings, {}, TIMEOUTS, AbortSignal.abort())).result.kind).toBe('deferred');
    expect(server.connections).toBe(before);
  });
});

describe('security', () => {
  let server: ScriptedSmtpServer;
  afterEach(() => server.stop());

  it('delivers over implicit TLS', async () => {
    server = await startSmtpServer({ security: 'tls', user: { name: 'mail', password: 'right' } });
    expect((await send(server.settings)).result.kind).toBe('sent');
    expect(server.received).toMatchObject([{ tls: true, user: 'mail' }]);
  });

  it('takes no certificate that nobody signed, unless it is allowed', async () => {
    for (const security of ['tls', 'starttls'] as const) {
      server = await startSmtpServer({ security });
      const { result } = await send({ ...server.settings, allowSelfSigned: false });
      expect(result, security).toMatchObject({ kind: 'deferred', reason: expect.stringContaining('SIGNED') });
      expect(server.received).toEqual([]);
      if (security === 'tls') await server.stop();
    }
  });

  it('sends nothing, and no password, to a server without STARTTLS', async () => {
    server = await startSmtpServer({ security: 'none', user: { name: 'mail', password: 'right' } });
    const { result } = await send({ ...server.settings, security: 'starttls' });
    expect(result).toMatchObject({ kind: 'deferred', reason: expect.stringContaining('STARTTLS') });
    expect(server.received).toEqual([]);
  });

  it('refuses plain text and unsigned certificates to another machine', async () => {
    server = await startSmtpServer({ security: 'none' });
    for (const change of [{ security: 'none' }, { security: 'tls', allowSelfSigned: true }] as const) {
      const settings = { ...server.settings, host: 'smtp.example.com', ...change };
      expect(() => createSmtpSender(settings)).toThrow(expect.objectContaining({ type: 'InvalidInput' }));
    }
  });

  it('refuses a header injection before any connection', async () => {
    server = await startSmtpServer();
    await expect(send(server.settings, { subject: 'a\r\nBcc: x@y' })).rejects.toMatchObject({
      type: 'InvalidInput',
    });
    expect(server.connections).toBe(0);
  });
});

describe('a plain server', () => {
  let server: ScriptedSmtpServer;
  beforeAll(async () => {
    server = await startSmtpServer({ security: 'none', size: 100_000 });
  });
  afterEach(() => server.reset());
  afterAll(() => server.stop());

  it('may have the message when the wire is cut after the final dot', async () => {
    const proxy = await startCuttingProxy(server.settings);
    const { result, messageIdHeader } = await send({ ...server.settings, port: proxy.port });
    expect(result.kind).toBe('unknown');
    await vi.waitFor(() => expect(server.count(messageIdHeader)).toBe(1), { timeout: 20_000 });
    await proxy.stop();
  });

  it('gets no message over its size limit', async () => {
    const { result } = await send(server.settings, { text: 'x\n'.repeat(100_000) });
    expect(result).toMatchObject({ kind: 'refused', code: 552 });
    expect(server.received).toEqual([]);
  });

  it('is deferred when nobody listens', async () => {
    const gone = await startSmtpServer();
    await gone.stop();
    const { result } = await send(gone.settings);
    expect(result).toMatchObject({ kind: 'deferred', reason: expect.stringContaining('ECONNREFUSED') });
  });

  it('answers a ping without a message', async () => {
    const sender = createSmtpSender(server.settings, TIMEOUTS);
    await sender.ping(NEVER);
    server.script.add({ at: 'connect', answer: 421 });
    await expect(sender.ping(NEVER)).rejects.toMatchObject({ type: 'Unavailable' });
    await sender.close();
    expect(server.received).toEqual([]);
  });

  it('cannot hold a send for ever by trickling', async () => {
    const trickle = createServer((socket) => {
      socket.on('error', () => socket.destroy());
      socket.write('220 hi\r\n');
      socket.once('data', () => {
        const timer = setInterval(() => socket.write('250-x\r\n'), 50);
        socket.on('close', () => clearInterval(timer));
      });
    });
    await new Promise<void>((resolve) => void trickle.listen(0, '127.0.0.1', resolve));
    const address = trickle.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const { result } = await send({ ...server.settings, port }, {}, { ...TIMEOUTS, totalMs: 1_000 });
    expect(result).toMatchObject({ kind: 'deferred', reason: expect.stringContaining('too long') });
    await new Promise((resolve) => void trickle.close(resolve));
  });

  it('loses its connections when the sender closes', async () => {
    server.script.add({ at: 'rcpt', delayMs: 5_000 });
    const sender = createSmtpSender(server.settings, TIMEOUTS);
    const sent = sender.send({ draft: DRAFT, messageIdHeader: 'c@x', signal: NEVER });
    await server.script.reached('rcpt');
    await sender.close();
    expect((await sent).kind).toBe('deferred');
  });
});
