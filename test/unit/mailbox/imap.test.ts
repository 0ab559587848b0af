import { describe, expect, onTestFinished, test } from 'vitest';
import type { ImapSettings } from '../../../src/domain/account.ts';
import { openImapMailbox } from '../../../src/mail/imap/open-imap-mailbox.ts';
import { parseCursor } from '../../../src/mail/imap/parse-cursor.ts';
import { toProviderKey } from '../../../src/mail/imap/to-provider-key.ts';
import type { Mailbox } from '../../../src/mail/mailbox.ts';
import { type Script, startFakeImap } from './fake-imap.ts';
import { pageRequest } from './read-all.ts';

const SECRET = 'hunter2-secret';
const MAIL = 'From: a@example.com\r\n\r\nHi\r\n';

function toSettings(port: number, changes: Partial<ImapSettings> = {}): ImapSettings {
  const plain = { host: '127.0.0.1', security: 'none', username: 'ada', allowSelfSigned: false } as const;
  return { ...plain, port, folders: ['INBOX'], ...changes };
}

async function open(script: Script, changes: Partial<ImapSettings> = {}): Promise<Mailbox> {
  const mailbox = await openImapMailbox(toSettings(await startFakeImap(script), changes), {
    kind: 'password',
    password: SECRET,
  });
  onTestFinished(() => mailbox.close());
  return mailbox;
}

const search = (tag: string, ...uids: number[]): string[] => [`* SEARCH ${uids.join(' ')}`, `${tag} OK done`];
const body = (uid: number, raw = MAIL): string =>
  `* ${uid} FETCH (UID ${uid} BODY[]<0> {${raw.length}}\r\n${raw})`;
const facts = (uid: number, size = MAIL.length): string =>
  `* ${uid} FETCH (UID ${uid} INTERNALDATE "01-Jan-2024 10:00:00 +0000" RFC822.SIZE ${size})`;
const asked = (command: string): number[] =>
  (/UID FETCH ([\d,]+) /.exec(command)?.[1] ?? '').split(',').map(Number);

describe('an IMAP server that misbehaves', () => {
  test('n:* that names the last old message again brings nothing, and UIDVALIDITY 0 is kept', async () => {
    const mailbox = await open((command, tag) => (command.startsWith('UID SEARCH') ? search(tag, 7) : []));
    const cursor = '{"kind":"imap","folders":{"INBOX":{"uidValidity":"0","lastUid":7}}}';
    expect(await mailbox.readPage(pageRequest({ cursor }))).toMatchObject({ items: [], done: true, cursor });
  });

  test('a refused SEARCH is no empty folder', async () => {
    const mailbox = await open((command, tag) =>
      command.startsWith('UID SEARCH') ? [`${tag} NO not now`] : [],
    );
    await expect(mailbox.readPage(pageRequest())).rejects.toMatchObject({ type: 'Unavailable' });
  });

  test('a folder that the server cannot open just now holds up no other', async () => {
    const mailbox = await open(
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

  test('a message that is listed but never handed over is parked, and size and date may be missing', async () => {
    const mailbox = await open((command, tag) => {
      if (command.startsWith('UID SEARCH')) return search(tag, 5, 6);
      if (command.includes('RFC822.SIZE')) return [`* 1 FETCH (UID 5)`, `${tag} OK done`];
      if (command.startsWith('UID FETCH'))
        return [...(asked(command).includes(5) ? [body(5)] : []), `${tag} OK done`];
      return [];
    });
    const page = await mailbox.readPage(pageRequest());
    expect(page.items.map((item) => [item.label, item.fault?.type])).toEqual([
      ['INBOX, UID 5', undefined],
      ['INBOX, UID 6', 'NotFound'],
    ]);
    expect(page).toMatchObject({ done: true, cursor: expect.stringContaining('"lastUid":6') });
  });

  test('a message at which the server hangs up is parked after a few tries, the rest is read', async () => {
    const mailbox = await open((command, tag) => {
      if (command.startsWith('UID SEARCH')) return search(tag, 1, 2, 3);
      if (command.includes('RFC822.SIZE')) return [facts(1), facts(2), facts(3), `${tag} OK done`];
      if (command.startsWith('UID FETCH') && asked(command).includes(2)) return undefined;
      if (command.startsWith('UID FETCH'))
        return [...asked(command).map((uid) => body(uid)), `${tag} OK done`];
      return [];
    });
    const page = await mailbox.readPage(pageRequest());
    expect(page.items.map((item) => item.fault?.type)).toEqual([undefined, 'NotFound', undefined]);
  });

  test('a server that hands over nothing at all is down: no mail goes to quarantine', async () => {
    const mailbox = await open((command, tag) => {
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

  test('a size that lies does not fill the memory', async () => {
    const mailbox = await open((command, tag) => {
      if (command.startsWith('UID SEARCH')) return search(tag, 1);
      if (command.includes('RFC822.SIZE')) return [facts(1, 10), `${tag} OK done`];
      if (command.startsWith('UID FETCH')) {
        const length = Number(/<0\.(\d+)>/.exec(command)?.[1]);
        return [body(1, 'x'.repeat(length)), `${tag} OK done`];
      }
      return [];
    });
    const page = await mailbox.readPage(pageRequest({ maxMessageBytes: 1000 }));
    expect(page.items[0]).toMatchObject({
      raw: undefined,
      fault: { reason: 'It has more than 1000 bytes.' },
    });
  });

  test('sizes that lie fill the memory together no more than one by one, and none is passed over', async () => {
    const uids = Array.from({ length: 40 }, (_, i) => i + 1);
    const mailbox = await open((command, tag) => {
      if (command.startsWith('UID SEARCH')) return search(tag, ...uids);
      if (command.includes('RFC822.SIZE')) return [...uids.map((uid) => facts(uid, 10)), `${tag} OK done`];
      if (!command.startsWith('UID FETCH')) return [];
      return [...asked(command).map((uid) => body(uid, 'x'.repeat(900_000))), `${tag} OK done`];
    });
    const { items } = await mailbox.readPage(pageRequest());
    expect(items.map(({ label }) => label)).toEqual(uids.map((uid) => `INBOX, UID ${uid}`));
    const held = items.reduce((sum, { raw }) => sum + (raw?.byteLength ?? 0), 0);
    expect(held).toBeLessThan(10_000_000);
    const refused = items.filter(({ fault }) => fault?.reason.includes('far more than the sizes'));
    expect(refused).toHaveLength(uids.length - items.filter(({ raw }) => raw !== undefined).length);
  });

  test('a message that is announced as gigantic ends the connection at once and is parked', async () => {
    const mailbox = await open((command, tag) => {
      if (command.startsWith('UID SEARCH')) return search(tag, 1, 2);
      if (command.includes('RFC822.SIZE')) return [facts(1), facts(2), `${tag} OK done`];
      if (!command.startsWith('UID FETCH')) return [];
      if (asked(command).includes(1)) return ['* 1 FETCH (UID 1 BODY[]<0> {900000000}'];
      return [body(2), `${tag} OK done`];
    });
    const { items } = await mailbox.readPage(pageRequest());
    expect(items.map(({ label, fault }) => [label, fault?.type])).toEqual([
      ['INBOX, UID 1', 'NotFound'],
      ['INBOX, UID 2', undefined],
    ]);
    expect(items[0]?.fault?.reason).toContain('sends more than can be an answer');
  });

  test('an answer that never ends is cut off, whatever was asked', async () => {
    const mailbox = await open((command) =>
      command.startsWith('UID SEARCH') ? ['* SEARCH {900000000}'] : [],
    );
    const failure: unknown = await mailbox.readPage(pageRequest()).catch((error: unknown) => error);
    expect(failure).toMatchObject({ type: 'Unavailable', fix: undefined });
    expect(String(failure)).toContain('sends more than can be an answer');
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
      const failure: unknown = await openImapMailbox(toSettings(port), {
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
    const failure = openImapMailbox(toSettings(port, { security: 'starttls' }), {
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
        openImapMailbox(toSettings(1, changes), { kind: 'password', password: SECRET }),
      ).rejects.toMatchObject({
        type: 'InvalidInput',
      });
    }
    await expect(
      openImapMailbox(toSettings(1), { kind: 'password', password: SECRET }),
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
