import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { createSession } from '../../../src/mail/imap/create-session.ts';
import { watchFolders } from '../../../src/mail/imap/watch-folders.ts';
import { toSettings } from '../../support/imap-account.ts';
import { HOST, SECRET, startFakeImap, startSocketServer } from './fake-imap.ts';

const PATIENCE = { timeout: 20_000, interval: 5 };
const UPDATE = '* 4 EXISTS';

describe('mail that comes while a look at the other folders is under way', () => {
  test.each([
    ['before the answer to DONE', 'DONE'],
    ['behind the answer to DONE', 'ENDED'],
    ['within the answer to STATUS', 'STATUS'],
    ['behind the answer to STATUS', 'LOOKED'],
    ['as the next IDLE begins', 'IDLE'],
  ])('is told when the server says so %s', async (_when, moment) => {
    let idleTag = '';
    let idles = 0;
    let isTold = false;
    // Once, and in the second round: the first one finds the folder as it was.
    const update = (now: string) => {
      if (now !== moment || isTold || idles < 2) return [];
      isTold = true;
      return [UPDATE];
    };
    const port = await startFakeImap((command, tag) => {
      if (tag === 'DONE') return [...update('DONE'), `${idleTag} OK done`, ...update('ENDED')];
      if (command.startsWith('CAPABILITY')) return ['* CAPABILITY IMAP4rev1 IDLE', `${tag} OK done`];
      if (command.startsWith('STATUS')) {
        const status = '* STATUS Desk (MESSAGES 1 UIDNEXT 2 UIDVALIDITY 4)';
        return [...update('STATUS'), status, `${tag} OK done`, ...update('LOOKED')];
      }
      if (!command.startsWith('IDLE')) return [];
      [idleTag, idles] = [tag, idles + 1];
      return ['+ idling', ...update('IDLE')];
    });
    const session = createSession(toSettings({ host: HOST, port }, 'ada'), {
      kind: 'password',
      password: SECRET,
    });
    onTestFinished(() => session.close());
    const stop = new AbortController();
    let arrivals = 0;
    const request = { signal: stop.signal, onArrival: () => (arrivals += 1) };
    const watched = watchFolders(session, ['INBOX', 'Desk'], request, { othersMs: 80, withoutIdleMs: 80 });
    await vi.waitFor(() => expect([arrivals, isTold]).toEqual([3, true]), PATIENCE);
    stop.abort();
    await watched;
  });
});

test.each(['IDLE', ''])(
  'a server that takes long for a look (%s) is left alone for ten times as long, whatever the pace',
  async (idle) => {
    const SLOW_MS = 25;
    const looks: { readonly from: number; to: number }[] = [];
    const port = await startSocketServer((socket) => {
      socket.write('* OK ready\r\n');
      let idleTag = '';
      socket.on('data', (chunk) => {
        for (const line of chunk.toString('latin1').split('\r\n')) {
          const [tag = '', command = ''] = line.split(' ');
          if (tag === 'DONE') socket.write(`${idleTag} OK done\r\n`);
          else if (command === 'CAPABILITY')
            socket.write(`* CAPABILITY IMAP4rev1 ${idle}\r\n${tag} OK done\r\n`);
          else if (command === 'EXAMINE') socket.write(`* OK [UIDVALIDITY 5] told\r\n${tag} OK done\r\n`);
          else if (command === 'IDLE') {
            idleTag = tag;
            socket.write('+ idling\r\n');
          } else if (command === 'STATUS') {
            const one = { from: performance.now(), to: 0 };
            looks.push(one);
            setTimeout(() => {
              one.to = performance.now();
              socket.write(`* STATUS Desk (MESSAGES 1 UIDNEXT 2 UIDVALIDITY 4)\r\n${tag} OK done\r\n`);
            }, SLOW_MS);
          } else if (tag !== '') socket.write(`${tag} OK done\r\n`);
        }
      });
    });
    const settings = toSettings({ host: HOST, port }, 'ada');
    const session = createSession(settings, { kind: 'password', password: SECRET });
    onTestFinished(() => session.close());
    const stop = new AbortController();
    const request = { signal: stop.signal, onArrival: () => undefined };
    const watched = watchFolders(session, ['INBOX', 'Desk'], request, { othersMs: 1, withoutIdleMs: 1 });
    await vi.waitFor(() => expect(looks.length).toBeGreaterThan(2), PATIENCE);
    stop.abort();
    await watched;
    const rests = looks.slice(1).map(({ from }, n) => from - (looks[n]?.to ?? from));
    expect(Math.min(...rests)).toBeGreaterThan(9 * SLOW_MS);
  },
);
