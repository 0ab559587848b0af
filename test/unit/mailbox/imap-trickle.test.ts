import { describe, expect, onTestFinished, test } from 'vitest';
import { createSession } from '../../../src/mail/imap/create-session.ts';
import { toSettings } from '../../support/imap-account.ts';
import { HOST, SECRET, startSocketServer } from './fake-imap.ts';

/** A server that answers, but never comes to the end of the answer to the command named. */
function startTrickle(endless: string): Promise<number> {
  return startSocketServer((socket) => {
    socket.write('* OK ready\r\n');
    socket.on('data', (chunk) => {
      for (const line of chunk.toString('latin1').split('\r\n')) {
        const [tag = '', command = ''] = line.split(' ');
        if (command === endless) {
          const trickle = setInterval(() => socket.write('* OK have patience\r\n'), 10);
          socket.on('close', () => clearInterval(trickle));
        } else if (command === 'CAPABILITY') socket.write(`* CAPABILITY IMAP4rev1\r\n${tag} OK done\r\n`);
        else if (tag !== '') socket.write(`${tag} OK done\r\n`);
      }
    });
  });
}

describe('a server that always has something to say and never comes to an end', () => {
  test.each([
    ['LOGIN', 'the login'],
    ['NOOP', 'a command'],
  ])('in answer to %s is hung up on, and whoever waits behind it gets his turn', async (endless, what) => {
    const port = await startTrickle(endless);
    const session = createSession(
      toSettings({ host: HOST, port }, 'ada'),
      { kind: 'password', password: SECRET },
      { longestMs: { login: 400, command: 400 } },
    );
    onTestFinished(() => session.close());
    const stop = new AbortController();
    const first = session.run(stop.signal, (client) => client.noop()).catch((error: unknown) => error);
    const second = session.run(undefined, (client) => client.noop()).catch((error: unknown) => error);
    for (const failure of [await first, await second])
      expect(failure).toMatchObject({ type: 'Unavailable', message: expect.stringContaining(what) });
  });
});
