import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { createSession } from '../../../src/mail/imap/create-session.ts';
import { watchFolders } from '../../../src/mail/imap/watch-folders.ts';
import { toSettings } from '../../support/imap-account.ts';
import { HOST, SECRET, startFakeImap } from './fake-imap.ts';

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
