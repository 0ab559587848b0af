import { describe, expect, test } from 'vitest';
import { openImapMailbox } from '../../../src/mail/imap/open-imap-mailbox.ts';
import { toServiceError } from '../../../src/mail/imap/to-service-error.ts';
import { toSettings } from '../../support/imap-account.ts';
import { HOST, SECRET, startFakeImap, startSocketServer } from './fake-imap.ts';

const fail = (port: number, host = HOST): Promise<unknown> =>
  openImapMailbox(toSettings({ host, port }, 'ada'), { kind: 'password', password: SECRET }).then(
    (mailbox) => mailbox.close(),
    (error: unknown) => error,
  );

describe('a login that does not come about', () => {
  test('by a BYE of a busy server is told in its words, and says nothing of host and port', async () => {
    const port = await startFakeImap(() => undefined, '* BYE Too many connections');
    const failure = await fail(port);
    expect(failure).toMatchObject({
      type: 'Unavailable',
      message: expect.stringContaining('refused for now: Too many connections'),
    });
    expect(failure).not.toHaveProperty('fix', expect.stringContaining('993'));
  });

  test('holds no control characters of the server', async () => {
    const port = await startFakeImap((command, tag) =>
      command.startsWith('LOGIN') ? [`${tag} NO \u001b[31mred\u0007 alert`] : [],
    );
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these it is about.
    expect(String(await fail(port))).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f]/);
  });

  test.each(['greeting', 'literal'])('does not fill the memory: an endless %s is cut off', async (kind) => {
    let sent = 0;
    const port = await startSocketServer((socket) => {
      if (kind === 'literal') socket.write('* OK {900000000}\r\n');
      const piece = Buffer.alloc(64 * 1024, 'x');
      const flood = () => {
        while (!socket.destroyed && sent < 64 * 1024 * 1024) {
          sent += piece.length;
          if (!socket.write(piece)) return;
        }
      };
      socket.on('drain', flood);
      flood();
    });
    expect(await fail(port)).toMatchObject({
      type: 'Unavailable',
      message: expect.stringContaining('more than can be an answer'),
    });
    expect(sent).toBeLessThan(32 * 1024 * 1024);
  });

  test('an address in brackets is reached without them', async () => {
    const port = await startFakeImap(() => []);
    expect(await fail(port, '[::1]')).toMatchObject({ message: expect.stringContaining('ECONNREFUSED') });
  });

  test('for a certificate that nobody signed names the option on this machine only', () => {
    const error = { code: 'DEPTH_ZERO_SELF_SIGNED_CERT', message: 'self-signed certificate' };
    expect(toServiceError(error, { host: '127.0.0.1:993' }).fix).toContain('--allow-self-signed');
    expect(toServiceError(error, { host: '[::1]:993' }).fix).toContain('imap.allowSelfSigned');
    expect(toServiceError(error, { host: 'imap.example.org:993' }).fix).not.toContain('self-signed');
  });
});
