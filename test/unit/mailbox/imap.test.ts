import { describe, expect, test } from 'vitest';
import { openImapMailbox } from '../../../src/mail/imap/open-imap-mailbox.ts';
import { parseCursor } from '../../../src/mail/imap/parse-cursor.ts';
import { toProviderKey } from '../../../src/mail/imap/to-provider-key.ts';
import { toSettings } from '../../support/imap-account.ts';
import { asked, body, facts, HOST, openFakeImap, SECRET, search, startFakeImap } from './fake-imap.ts';
import { pageRequest } from './read-all.ts';

const listRequest = () => ({
  cursor: undefined,
  since: undefined,
  signal: new AbortController().signal,
  onProgress: () => undefined,
});

describe('an IMAP server that misbehaves', () => {
  test('n:* that names the last old message again brings nothing, and UIDVALIDITY 0 is kept', async () => {
    const mailbox = await openFakeImap((command, tag) =>
      command.startsWith('UID SEARCH') ? search(tag, 7) : [],
    );
    const cursor = '{"kind":"imap","folders":{"INBOX":{"uidValidity":"0","lastUid":7}}}';
    expect(await mailbox.readPage(pageRequest({ cursor }))).toMatchObject({ items: [], done: true, cursor });
  });

  test('a refused SEARCH is no empty folder', async () => {
    const mailbox = await openFakeImap((command, tag) =>
      command.startsWith('UID SEARCH') ? [`${tag} NO not now`] : [],
    );
    await expect(mailbox.readPage(pageRequest())).rejects.toMatchObject({ type: 'Unavailable' });
  });

  test('a folder that the server cannot open just now holds up no other', async () => {
    const mailbox = await openFakeImap(
      (command, tag) => {
        if (command.includes('Broken') && command.startsWith('EXAMINE'))
          return [`${tag} NO [SERVERBUG] sick`];
        if (command.startsWith('LIST') && command.includes('Broken'))
          return ['* LIST () "/" Broken', `${tag} OK`];
        if (command.startsWith('UID SEARCH')) return search(tag, 1);
        if (command.includes('RFC822.SIZE')) return [facts(1), `${tag} OK done`];
        return command.startsWith('UID FETCH') ? [body(1), `${tag} OK done`] : [];
      },
      { folders: ['Broken', 'INBOX'] },
    );
    const page = await mailbox.readPage(pageRequest());
    expect(page.items.map(({ label }) => label)).toEqual(['INBOX, UID 1']);
    expect(page.done).toBe(false);
    await expect(mailbox.readPage(pageRequest({ cursor: page.cursor }))).rejects.toMatchObject({
      type: 'Unavailable',
      message: expect.stringContaining('sick'),
    });
  });

  test.each([
    { refusal: 'NO [NOPERM] not yours', reason: 'not yours' },
    { refusal: 'NO [SERVERBUG] sick', reason: 'sick' },
    { refusal: undefined, reason: 'cannot be reached' },
  ])('a folder that is refused ($refusal) hides no other from an audit', async ({ refusal, reason }) => {
    const mailbox = await openFakeImap(
      (command, tag) => {
        if (command.startsWith('EXAMINE Locked'))
          return refusal === undefined ? undefined : [`${tag} ${refusal}`];
        if (command.startsWith('LIST') && command.includes('Locked'))
          return ['* LIST () "/" Locked', `${tag} OK`];
        if (command.startsWith('UID SEARCH')) return search(tag, 1);
        return command.startsWith('UID FETCH') ? [facts(1), `${tag} OK done`] : [];
      },
      { folders: ['Locked', 'INBOX'] },
    );
    const labels: string[] = [];
    const listing = (async () => {
      for await (const entries of mailbox.list(listRequest()))
        labels.push(...entries.map((one) => one.label));
    })();
    await expect(listing).rejects.toMatchObject({
      type: 'PermissionDenied',
      message: expect.stringMatching(new RegExp(`"Locked" cannot be listed: .*${reason}`)),
    });
    expect(labels).toEqual(['INBOX, UID 1']);
  });

  test('a connection that breaks in a list is made again, and nothing is left out or twice', async () => {
    let breaks = 2;
    const mailbox = await openFakeImap(
      (command, tag) => {
        if (command.startsWith('UID SEARCH')) return breaks-- > 1 ? undefined : search(tag, 1, 2);
        if (!command.startsWith('UID FETCH')) return [];
        return breaks-- > 0 ? undefined : [facts(1), facts(2), `${tag} OK done`];
      },
      { folders: ['INBOX', 'Desk'] },
    );
    const labels: string[] = [];
    for await (const entries of mailbox.list(listRequest())) labels.push(...entries.map((one) => one.label));
    expect(labels).toEqual(['INBOX, UID 1', 'INBOX, UID 2', 'Desk, UID 1', 'Desk, UID 2']);
  });

  test('a server that is away lists nothing, and that is no part', async () => {
    let isAway = false;
    const mailbox = await openFakeImap(
      (command) => {
        isAway ||= command.startsWith('EXAMINE');
        return isAway ? undefined : [];
      },
      { folders: ['INBOX', 'Desk'] },
    );
    await expect(mailbox.list(listRequest())[Symbol.asyncIterator]().next()).rejects.toMatchObject({
      type: 'Unavailable',
    });
  });

  test('a message that is listed but never handed over is parked, and size and date may be missing', async () => {
    const mailbox = await openFakeImap((command, tag) => {
      if (command.startsWith('UID SEARCH')) return search(tag, 5, 6);
      if (command.includes('RFC822.SIZE')) return [`* 1 FETCH (UID 5)`, `${tag} OK done`];
      if (command.startsWith('UID FETCH'))
        return [...(asked(command).includes(5) ? [body(5)] : []), `${tag} OK done`];
      return [];
    });
    const page = await mailbox.readPage(pageRequest());
    expect(page.items.map((item) => [item.label, item.fault?.type])).toEqual([
      ['INBOX, UID 5', undefined],
      ['INBOX, UID 6', 'Unavailable'],
    ]);
    expect(page).toMatchObject({ done: true, cursor: expect.stringContaining('"lastUid":6') });
  });

  test('a message at which the server hangs up is parked after a few tries, the rest is read', async () => {
    const mailbox = await openFakeImap((command, tag) => {
      if (command.startsWith('UID SEARCH')) return search(tag, 1, 2, 3);
      if (command.includes('RFC822.SIZE')) return [facts(1), facts(2), facts(3), `${tag} OK done`];
      if (command.startsWith('UID FETCH') && asked(command).includes(2)) return undefined;
      if (command.startsWith('UID FETCH'))
        return [...asked(command).map((uid) => body(uid)), `${tag} OK done`];
      return [];
    });
    const page = await mailbox.readPage(pageRequest());
    expect(page.items.map((item) => item.fault?.type)).toEqual([undefined, 'Unavailable', undefined]);
  });

  test('a server that hands over nothing at all is down: no mail goes to quarantine', async () => {
    const mailbox = await openFakeImap((command, tag) => {
      if (command.startsWith('UID SEARCH')) return search(tag, 1, 2, 3);
      if (command.includes('RFC822.SIZE')) return [facts(1), facts(2), facts(3), `${tag} OK done`];
      if (command.startsWith('UID FETCH')) return [`${tag} NO [SERVERBUG] storage is away`];
      return [];
    });
    await expect(mailbox.readPage(pageRequest())).rejects.toMatchObject({
      type: 'Unavailable',
      message: expect.stringContaining('storage is away'),
    });
  });

  test('a login that is not judged does not count as a wrong password', async () => {
    const answers = {
      'NO [UNAVAILABLE] try later': 'Unavailable',
      'NO Too many simultaneous connections': 'Unavailable',
      'NO [LIMIT] slow down': 'RateLimited',
      [`NO [AUTHENTICATIONFAILED] no such password: ${SECRET}`]: 'AuthenticationFailed',
    };
    for (const [words, type] of Object.entries(answers)) {
      const port = await startFakeImap((command, tag) =>
        command.startsWith('LOGIN') ? [`${tag} ${words}`] : [],
      );
      const failure: unknown = await openImapMailbox(toSettings({ host: HOST, port }, 'ada'), {
        kind: 'password',
        password: SECRET,
      }).catch((error: unknown) => error);
      expect(failure, words).toMatchObject({ type });
      expect(String(failure)).not.toContain(SECRET);
    }
  });

  test('a server without STARTTLS gets no password', async () => {
    let login = false;
    const port = await startFakeImap((command) => {
      login ||= command.startsWith('LOGIN');
      return [];
    });
    const failure = openImapMailbox(toSettings({ host: HOST, port }, 'ada', { security: 'starttls' }), {
      kind: 'password',
      password: SECRET,
    });
    await expect(failure).rejects.toMatchObject({ type: 'InvalidInput' });
    expect(login).toBe(false);
  });
});

describe('IMAP settings', () => {
  test('protect mail and password beyond this machine', async () => {
    const remote = { host: 'mail.example.com' };
    for (const changes of [
      { ...remote, security: 'none' as const },
      { ...remote, security: 'tls' as const, allowSelfSigned: true },
      { folders: [] },
      { username: '' },
    ]) {
      await expect(
        openImapMailbox(toSettings({ host: HOST, port: 1 }, 'ada', changes), {
          kind: 'password',
          password: SECRET,
        }),
      ).rejects.toMatchObject({
        type: 'InvalidInput',
      });
    }
    await expect(
      openImapMailbox(toSettings({ host: HOST, port: 1 }, 'ada'), { kind: 'password', password: SECRET }),
    ).rejects.toMatchObject({
      type: 'Unavailable',
      fix: expect.stringContaining('Check the host and the port'),
    });
  });
});

describe('IMAP identities', () => {
  test('name folder, UIDVALIDITY and UID without doubt, in 300 characters', () => {
    expect(toProviderKey('INBOX', '1', 2)).toBe('INBOX;1;2');
    expect(toProviderKey('a;1;2', '3', 4)).toBe('a%3B1%3B2;3;4');
    const long = toProviderKey('é'.repeat(200), '4294967295', 4294967295);
    expect(long.length).toBeLessThanOrEqual(300);
    expect(long).not.toBe(toProviderKey('ê'.repeat(200), '4294967295', 4294967295));
    expect(toProviderKey('\ud800', '1', 1)).toBe('%EF%BF%BD;1;1');
  });

  test('a cursor of another kind is refused', () => {
    for (const cursor of [
      '',
      '{}',
      '[1]',
      '{"kind":"imap","folders":{"INBOX":{"uidValidity":"x","lastUid":1}}}',
    ]) {
      expect(() => parseCursor(cursor)).toThrow(expect.objectContaining({ type: 'InvalidInput' }));
    }
    expect(parseCursor(undefined).folders.size).toBe(0);
    expect(
      parseCursor('{"kind":"imap","folders":{"__proto__":{"uidValidity":"1","lastUid":2}}}').folders.size,
    ).toBe(1);
  });
});
