import type { ImapFlow } from 'imapflow';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createSession } from '../../../src/mail/imap/create-session.ts';
import { LONGEST_MS } from '../../../src/mail/imap/cut-when-late.ts';
import { toSettings } from '../../support/imap-account.ts';
import { HOST, SECRET, startFakeImap, startSocketServer } from './fake-imap.ts';

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
    ['LOGIN', 'the login in 0.4 seconds (LOGIN).'],
    ['NOOP', 'a command in 0.4 seconds (NOOP, open folder "INBOX").'],
  ])('in answer to %s is hung up on, and whoever waits behind it gets his turn', async (endless, what) => {
    const port = await startTrickle(endless);
    const session = createSession(
      toSettings({ host: HOST, port }, 'ada'),
      { kind: 'password', password: SECRET },
      { longestMs: { login: 400, command: 400 } },
    );
    onTestFinished(() => session.close());
    const stop = new AbortController();
    const ask = async (client: ImapFlow) => {
      await client.mailboxOpen('INBOX', { readOnly: true });
      await client.noop();
    };
    const first = session.run(stop.signal, ask).catch((error: unknown) => error);
    const second = session.run(undefined, ask).catch((error: unknown) => error);
    for (const failure of [await first, await second]) {
      expect(failure).toMatchObject({ type: 'Unavailable', message: expect.stringContaining(what) });
      expect(failure).toMatchObject({ fix: expect.stringContaining('leave the folder out') });
    }
  });
});

test.each([
  ['behind it', /^(?:ID|NAMESPACE|ENABLE)/, { user: 'ada' }],
  ['itself', /^(?:ID|LOGIN)/, { type: 'RateLimited' }],
])('a login that is throttled %s has time to come to its end', async (_where, throttled, outcome) => {
  const capable = '* CAPABILITY IMAP4rev1 ID NAMESPACE ENABLE IDLE';
  const port = await startFakeImap((command, tag) => {
    if (command.startsWith('CAPABILITY')) return [capable, `${tag} OK done`];
    const words = 'BAD Request is throttled. Suggested Backoff Time: 92415 milliseconds';
    return throttled.test(command) ? [`${tag} ${words}`] : [];
  });
  // All times are shorter by this much; the silence is that of an account.
  const scale = 120;
  const longestMs = { login: LONGEST_MS.login / scale, command: LONGEST_MS.command / scale };
  const session = createSession(
    toSettings({ host: HOST, port }, 'ada'),
    { kind: 'password', password: SECRET },
    { silenceMs: 60_000 / scale, longestMs },
  );
  onTestFinished(() => session.close());
  const user = session.run(undefined, async () => ({ user: 'ada' }));
  expect(await user.catch((error: unknown) => error)).toMatchObject(outcome);
});
