import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, it } from 'vitest';
import { createSmtpSender } from '../../../src/mail/smtp/create-smtp-sender.ts';

/** Listens on a port of its own; `answer` is what it says to whoever connects. */
async function listen(answer: string) {
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.end(answer);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('It has no port');
  return { port: address.port, close: () => new Promise((done) => server.close(done)) };
}

async function ping(port: number): Promise<void> {
  const sender = createSmtpSender({
    host: '127.0.0.1',
    port,
    security: 'none',
    username: undefined,
    password: undefined,
    allowSelfSigned: false,
  });
  await sender.ping(AbortSignal.timeout(5_000)).finally(() => sender.close());
}

it('names what to check where nobody listens', async () => {
  const { port, close } = await listen('');
  await close();
  await expect(ping(port)).rejects.toMatchObject({
    type: 'Unavailable',
    message: expect.stringContaining('ECONNREFUSED'),
    fix: 'Check SMTP_HOST, SMTP_PORT and SMTP_SECURITY.',
  });
});

it('blames no setting when the server itself says to come back', async () => {
  const { port, close } = await listen('421 busy\r\n');
  await expect(ping(port)).rejects.toMatchObject({ type: 'Unavailable', fix: undefined });
  await close();
});
