import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:tls';
import { generate } from 'selfsigned';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Credentials } from '../../src/mail/credentials.ts';
import { openImapMailbox } from '../../src/mail/imap/open-imap-mailbox.ts';
import { describeUnless } from '../support/describe-unless.ts';
import { findDovecot } from '../support/dovecot/find-dovecot.ts';
import { type Dovecot, startDovecot } from '../support/dovecot/start-dovecot.ts';
import { BY_PASSWORD, PASSWORD, pull, toMail, toSettings } from '../support/imap-account.ts';
import { startTcpProxy } from '../support/tcp-proxy.ts';

const found = findDovecot();
const obstacle = 'skipped' in found ? found.skipped : undefined;
const USER = 'ada@example.com';

/** Hands out these tokens, the next one whenever one was refused. */
function toTokens(...tokens: readonly string[]) {
  const refused: string[] = [];
  const credentials: Credentials = {
    kind: 'token',
    getAccessToken: (token) => {
      if (token !== undefined) refused.push(token);
      return Promise.resolve(tokens[Math.min(refused.length, tokens.length - 1)] ?? '');
    },
  };
  return { credentials, refused };
}

describeUnless(obstacle, 'the login to an IMAP account', () => {
  for (const mechanism of ['oauthbearer', 'xoauth2']) {
    describe(`by ${mechanism}`, () => {
      let server: Dovecot;
      beforeAll(async () => {
        server = await startDovecot({ mechanisms: `plain ${mechanism}` });
        server.addUser(USER, PASSWORD);
        await server.append(USER, 'INBOX', toMail('n0'));
      });
      afterAll(async () => {
        await server.stop();
      });

      test('takes a token, and asks for no other', async () => {
        const { credentials, refused } = toTokens(await server.toToken(USER));
        const mailbox = await openImapMailbox(toSettings(server, USER), credentials);
        onTestFinished(() => mailbox.close());
        expect((await pull(mailbox)).subjects).toEqual(['n0']);
        expect(refused).toEqual([]);
      });

      test('has a refused token refreshed once', async () => {
        const expired = await server.toToken(USER, -5);
        const { credentials, refused } = toTokens(expired, await server.toToken(USER));
        const mailbox = await openImapMailbox(toSettings(server, USER), credentials);
        onTestFinished(() => mailbox.close());
        expect((await pull(mailbox)).subjects).toEqual(['n0']);
        expect(refused).toEqual([expired]);
      });

      test('gives up after the second refusal, with the words of the server and without the token', async () => {
        const expired = await server.toToken(USER, -5);
        const other = await server.toToken('bob@example.com');
        const { credentials, refused } = toTokens(expired, other, await server.toToken(USER));
        const failure: unknown = await openImapMailbox(toSettings(server, USER), credentials).catch(
          (error: unknown) => error,
        );
        expect(failure).toMatchObject({
          type: 'AuthenticationFailed',
          message: expect.stringMatching(/refused the login: Authentication failed\. \(status \w+/),
          fix: expect.stringContaining('account login'),
        });
        expect(refused).toEqual([expired]);
        expect(JSON.stringify(failure) + String(failure)).not.toContain(other);
      });

      test('logs in with a fresh token when the connection broke', async () => {
        const proxy = await startTcpProxy(server);
        onTestFinished(() => proxy.stop());
        const first = await server.toToken(USER);
        let asked = 0;
        const getAccessToken = async () => (asked++ === 0 ? first : server.toToken(USER));
        const mailbox = await openImapMailbox(toSettings(proxy, USER), { kind: 'token', getAccessToken });
        onTestFinished(() => mailbox.close());
        const { cursor } = await pull(mailbox);
        proxy.cutAll();
        await server.append(USER, 'INBOX', toMail('n1'));
        // It takes a moment until the cut is noticed; a pull that meets it is tried again.
        await vi.waitFor(
          async () => expect((await pull(mailbox, { cursor })).subjects).toEqual(['n1']),
          10_000,
        );
        expect(asked).toBeGreaterThan(1);
        expect(asked).toBe(proxy.counts.connections);
      });
    });
  }

  test('takes no token where the server knows none, and says so', async () => {
    const server = await startDovecot({ mechanisms: 'plain' });
    onTestFinished(() => server.stop());
    server.addUser(USER, PASSWORD);
    const { credentials } = toTokens('token');
    await expect(openImapMailbox(toSettings(server, USER), credentials)).rejects.toMatchObject({
      type: 'InvalidInput',
      fix: expect.stringContaining('password'),
    });
  });

  test('needs a certificate by an authority that is known', async () => {
    const server = await startDovecot();
    onTestFinished(() => server.stop());
    server.addUser('ada', PASSWORD);
    for (const [port, security] of [
      [server.tlsPort, 'tls'],
      [server.port, 'starttls'],
    ] as const) {
      const settings = toSettings({ host: 'localhost', port }, 'ada', { security });
      const trusted = await openImapMailbox(settings, BY_PASSWORD, { authorities: server.certificate });
      expect((await pull(trusted)).items).toEqual([]);
      await trusted.close();
      await expect(openImapMailbox(settings, BY_PASSWORD)).rejects.toMatchObject({
        type: 'InvalidInput',
        fix: expect.stringContaining('--allow-self-signed'),
      });
    }
  });
});

describe('a certificate', () => {
  const day = 24 * 60 * 60 * 1000;

  async function startTls(name: string, from: number, to: number) {
    const pair = await generate([{ name: 'commonName', value: name }], {
      keyType: 'ec',
      notBeforeDate: new Date(Date.now() + from * day),
      notAfterDate: new Date(Date.now() + to * day),
      extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: name }] }],
    });
    const server = createServer({ key: pair.private, cert: pair.cert }, (socket) => {
      socket.on('error', () => socket.destroy());
      socket.write('* OK ready\r\n');
    });
    server.on('tlsClientError', () => undefined);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    return { port: (server.address() as AddressInfo).port, authorities: pair.cert };
  }

  test.each([
    ['of another name', 'mail.example.org', -1, 9, 'in the certificate as the host'],
    ['that expired', 'localhost', -9, -1, 'renewed'],
    ['that is not valid yet', 'localhost', 1, 9, 'clock'],
  ])('%s is refused before the login, with what to do', async (_, name, from, to, fix) => {
    const { port, authorities } = await startTls(name, from, to);
    const settings = toSettings({ host: 'localhost', port }, 'ada', { security: 'tls' });
    await expect(openImapMailbox(settings, BY_PASSWORD, { authorities })).rejects.toMatchObject({
      type: 'InvalidInput',
      fix: expect.stringContaining(fix),
    });
  });
});
