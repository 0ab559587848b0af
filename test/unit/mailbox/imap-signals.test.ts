import { getEventListeners } from 'node:events';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createSession } from '../../../src/mail/imap/create-session.ts';
import { orAborted } from '../../../src/mail/imap/create-turns.ts';
import { toSettings } from '../../support/imap-account.ts';
import { asked, body, facts, HOST, openFakeImap, SECRET, search, startFakeImap } from './fake-imap.ts';
import { pageRequest } from './read-all.ts';

const UIDS = Array.from({ length: 250 }, (_, i) => i + 1);
/** Node tells of a rejection that nobody handles once a turn of the loop is over. */
const turnOfLoop = () => new Promise((resolve) => setImmediate(resolve));

describe('the signal of an IMAP command', () => {
  test('holds nothing of what is over: chunks, lists, and a connection that broke', async () => {
    let bodies = 0;
    const mailbox = await openFakeImap((command, tag) => {
      if (command.startsWith('EXAMINE'))
        return ['* 250 EXISTS', '* OK [UIDVALIDITY 0] zero', '* OK [UIDNEXT 251] next', `${tag} OK done`];
      if (command.startsWith('UID SEARCH')) return search(tag, ...UIDS);
      if (!command.startsWith('UID FETCH')) return [];
      if (!command.includes('BODY')) return [...UIDS.map((uid) => facts(uid)), `${tag} OK done`];
      bodies += 1;
      return bodies === 3 ? undefined : [...asked(command).map((uid) => body(uid)), `${tag} OK done`];
    });
    const { signal } = new AbortController();
    const request = { signal, onProgress: () => undefined, maxBytes: 1e9, maxMessageBytes: 1e6 };
    const keys = UIDS.map((uid) => `INBOX;0;${uid}`);
    for (let round = 0; round < 6; round++) {
      const { items } = await mailbox.readPage(pageRequest({ signal, maxItems: 250 }));
      expect(items).toHaveLength(250);
      expect((await mailbox.readItems(keys, request)).items).toHaveLength(250);
      for await (const _ of mailbox.list({ ...request, cursor: undefined, since: undefined }));
    }
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  test('that aborts as a command begins leaves no failure that nobody hears', async () => {
    const unheard: unknown[] = [];
    const note = (reason: unknown) => void unheard.push(reason);
    process.on('unhandledRejection', note);
    onTestFinished(() => void process.off('unhandledRejection', note));
    const port = await startFakeImap(() => []);
    const session = createSession(toSettings({ host: HOST, port }, 'ada'), {
      kind: 'password',
      password: SECRET,
    });
    onTestFinished(() => session.close());
    await session.run(undefined, () => Promise.resolve());
    for (let ticks = 0; ticks < 20; ticks++) {
      const stop = new AbortController();
      const failed = session
        .run(stop.signal, () => Promise.reject(new Error('too late')))
        .catch((error: unknown) => error);
      for (let tick = 0; tick < ticks; tick++) await Promise.resolve();
      stop.abort(new Error('stop'));
      expect(String(await failed)).toMatch(/stop|too late/);
      await turnOfLoop();
    }
    const aborted = AbortSignal.abort(new Error('stop'));
    await expect(orAborted(Promise.reject(new Error('too late')), aborted)).rejects.toThrow('stop');
    await turnOfLoop();
    expect(unheard).toEqual([]);
  });
});
