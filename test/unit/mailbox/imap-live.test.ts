import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { createSession } from '../../../src/mail/imap/create-session.ts';
import { openImapMailbox } from '../../../src/mail/imap/open-imap-mailbox.ts';
import { watchFolders } from '../../../src/mail/imap/watch-folders.ts';
import type { LiveMailbox, MailboxMark } from '../../../src/mail/mailbox.ts';
import { toSettings } from '../../support/imap-account.ts';
import { HOST, type Script, SECRET, startFakeImap } from './fake-imap.ts';
import { pageRequest } from './read-all.ts';

const BY_PASSWORD = { kind: 'password', password: SECRET } as const;
const signal = (): AbortSignal => new AbortController().signal;
const MARK: MailboxMark = { seen: false, label: undefined, folder: undefined };
const KEY = 'INBOX;0;7';

/** A server with these capabilities whose one message is UID 7; `script` answers first. Collects the commands. */
async function open(capabilities: string, script: Script = () => []) {
  const commands: string[] = [];
  const port = await startFakeImap((command, tag) => {
    commands.push(command);
    const scripted = script(command, tag);
    if (scripted === undefined || scripted.length > 0) return scripted;
    if (command.startsWith('CAPABILITY')) return [`* CAPABILITY IMAP4rev1 ${capabilities}`, `${tag} OK done`];
    if (command.startsWith('UID SEARCH')) return ['* SEARCH 7', `${tag} OK done`];
    if (command.startsWith('SELECT'))
      return ['* 1 EXISTS', '* OK [UIDVALIDITY 0] zero exists', `${tag} OK [READ-WRITE] done`];
    return [];
  });
  const mailbox: LiveMailbox = await openImapMailbox(toSettings({ host: HOST, port }, 'ada'), BY_PASSWORD);
  onTestFinished(() => mailbox.close());
  const written = () => commands.filter((one) => /STORE|COPY|MOVE|EXPUNGE|CREATE/.test(one));
  return { mailbox, commands, written, port };
}

describe('write-back to an IMAP server of few gifts', () => {
  test('without MOVE a message is copied, flagged and expunged by its UID', async () => {
    const { mailbox, written } = await open('UIDPLUS');
    expect(await mailbox.mark(KEY, { ...MARK, seen: true, folder: 'Done' }, signal())).toBe(true);
    expect(written()).toEqual([
      'UID STORE 7 +FLAGS.SILENT (\\Seen)',
      'UID COPY 7 Done',
      'UID STORE 7 +FLAGS.SILENT (MailroomCopied)',
      'UID STORE 7 +FLAGS (\\Deleted)',
      'UID EXPUNGE 7',
    ]);
  });

  test.each([
    ['what was copied before a cut is not copied again', '\\Deleted mailroomcopied', false],
    ['what a person marked as deleted is copied before it is expunged', '\\Deleted', true],
  ])('%s', async (_what, flags, isCopied) => {
    const { mailbox, written } = await open('UIDPLUS', (command, tag) =>
      command.startsWith('UID FETCH') ? [`* 1 FETCH (UID 7 FLAGS (${flags}))`, `${tag} OK done`] : [],
    );
    expect(await mailbox.mark(KEY, { ...MARK, folder: 'Done' }, signal())).toBe(true);
    expect(written().some((command) => command.includes('COPY'))).toBe(isCopied);
    expect(written().at(-1)).toBe('UID EXPUNGE 7');
  });

  test('a copy that is refused leaves the message where it is, also on a server that keeps no keywords', async () => {
    let isFull = true;
    const { mailbox, written } = await open('UIDPLUS', (command, tag) => {
      if (command.startsWith('SELECT'))
        return [
          '* 1 EXISTS',
          '* OK [UIDVALIDITY 0] zero',
          '* OK [PERMANENTFLAGS (\\Seen \\Deleted)] no keywords',
          `${tag} OK [READ-WRITE] done`,
        ];
      return command.startsWith('UID COPY') && isFull ? [`${tag} NO [OVERQUOTA] full`] : [];
    });
    const move = () => mailbox.mark(KEY, { ...MARK, folder: 'Done' }, signal());
    await expect(move()).rejects.toMatchObject({ type: 'Unavailable' });
    expect(written().every((command) => /^(?:UID COPY|CREATE)/.test(command))).toBe(true);
    isFull = false;
    expect(await move()).toBe(true);
    expect(written().slice(-3)).toEqual([
      'UID COPY 7 Done',
      'UID STORE 7 +FLAGS (\\Deleted)',
      'UID EXPUNGE 7',
    ]);
  });

  test('without UIDPLUS nothing is moved: a plain EXPUNGE would take what others marked', async () => {
    const { mailbox, written } = await open('');
    await expect(mailbox.mark(KEY, { ...MARK, folder: 'Done' }, signal())).rejects.toMatchObject({
      type: 'InvalidInput',
      message: 'The server offers neither MOVE nor UIDPLUS.',
    });
    expect(written()).toEqual([]);
  });

  test('a target that is not there is made, once', async () => {
    let made = false;
    const { mailbox, written } = await open('MOVE', (command, tag) => {
      if (command.startsWith('CREATE')) made = true;
      return command.startsWith('UID MOVE') && !made ? [`${tag} NO [TRYCREATE] no such folder`] : [];
    });
    expect(await mailbox.mark(KEY, { ...MARK, folder: 'Done' }, signal())).toBe(true);
    expect(written()).toEqual(['UID MOVE 7 Done', 'CREATE Done', 'UID MOVE 7 Done']);
  });

  test('a move that is refused for good is told', async () => {
    const { mailbox } = await open('MOVE', (command, tag) =>
      command.startsWith('UID MOVE') ? [`${tag} NO not today`] : [],
    );
    await expect(mailbox.mark(KEY, { ...MARK, folder: 'Done' }, signal())).rejects.toMatchObject({
      type: 'Unavailable',
    });
  });

  test('a label that would not stay is refused before anything is written', async () => {
    const kept = '* OK [PERMANENTFLAGS (\\Seen \\Deleted Urgent)] these stay';
    const { mailbox, written } = await open('MOVE', (command, tag) =>
      command.startsWith('SELECT')
        ? ['* 1 EXISTS', '* OK [UIDVALIDITY 0] zero', kept, `${tag} OK [READ-WRITE] done`]
        : [],
    );
    await expect(
      mailbox.mark(KEY, { ...MARK, seen: true, label: 'Handled' }, signal()),
    ).rejects.toMatchObject({
      type: 'InvalidInput',
      fix: expect.stringContaining('Urgent'),
    });
    expect(written()).toEqual([]);
    expect(await mailbox.mark(KEY, { ...MARK, label: 'urgent' }, signal())).toBe(true);
  });

  test('a server that keeps no message as seen says so once, and is not asked again and again', async () => {
    const kept = '* OK [PERMANENTFLAGS (\\Deleted Urgent)] limited';
    const { mailbox, written } = await open('MOVE', (command, tag) =>
      command.startsWith('SELECT')
        ? ['* 1 EXISTS', '* OK [UIDVALIDITY 0] zero', kept, `${tag} OK [READ-WRITE] done`]
        : [],
    );
    await expect(mailbox.mark(KEY, { ...MARK, seen: true }, signal())).rejects.toMatchObject({
      type: 'InvalidInput',
      message: 'The server keeps no message of "INBOX" as seen.',
    });
    expect(written()).toEqual([]);
  });

  test('a folder that may only be read is told as such', async () => {
    const { mailbox } = await open('MOVE', (command, tag) =>
      command.startsWith('SELECT')
        ? ['* 1 EXISTS', '* OK [UIDVALIDITY 0] zero', `${tag} OK [READ-ONLY] done`]
        : [],
    );
    await expect(mailbox.mark(KEY, { ...MARK, seen: true }, signal())).rejects.toMatchObject({
      type: 'PermissionDenied',
    });
  });
});

describe('a server that hides something', () => {
  test('a greeting that skips the login skips STARTTLS, too, and is refused', async () => {
    const port = await startFakeImap(() => [], '* PREAUTH welcome');
    const failure = openImapMailbox(
      toSettings({ host: HOST, port }, 'ada', { security: 'starttls' }),
      BY_PASSWORD,
    );
    await expect(failure).rejects.toMatchObject({ type: 'InvalidInput' });
  });

  test('UIDNEXT that runs ahead of what can be seen hides nothing', async () => {
    let visible = false;
    const { mailbox } = await open('', (command, tag) => {
      if (command.startsWith('EXAMINE'))
        return [
          '* 1 EXISTS',
          '* OK [UIDVALIDITY 0] zero',
          '* OK [UIDNEXT 9] next',
          `${tag} OK [READ-ONLY] done`,
        ];
      if (command.startsWith('UID SEARCH')) return [`* SEARCH 7${visible ? ' 8' : ''}`, `${tag} OK done`];
      if (command.startsWith('UID FETCH') && command.includes('BODY'))
        return ['* 2 FETCH (UID 8 BODY[]<0> {4}\r\nTo:a)', `${tag} OK done`];
      return [];
    });
    const cursor = '{"kind":"imap","folders":{"INBOX":{"uidValidity":"0","lastUid":7}}}';
    expect((await mailbox.readPage(pageRequest({ cursor }))).items).toEqual([]);
    visible = true;
    expect((await mailbox.readPage(pageRequest({ cursor }))).items).toHaveLength(1);
  });
});

const PATIENCE = { timeout: 30_000, interval: 5 };

describe('a watch without IDLE', () => {
  test('asks by NOOP and STATUS, tells what came, and stops when it is told to', async () => {
    let exists = 1;
    let uidNext = 3;
    const commands: string[] = [];
    const port = await startFakeImap((command, tag) => {
      commands.push(command);
      if (command.startsWith('NOOP')) return [`* ${exists} EXISTS`, `${tag} OK done`];
      if (command.startsWith('STATUS'))
        return [`* STATUS Desk (MESSAGES 1 UIDNEXT ${uidNext} UIDVALIDITY 4)`, `${tag} OK done`];
      if (command.startsWith('EXAMINE'))
        return [
          '* 1 EXISTS',
          '* OK [UIDVALIDITY 0] zero',
          '* OK [UIDNEXT 9] next',
          `${tag} OK [READ-ONLY] done`,
        ];
      return [];
    });
    const session = createSession(toSettings({ host: HOST, port }, 'ada'), BY_PASSWORD);
    onTestFinished(() => session.close());
    const stop = new AbortController();
    let arrivals = 0;
    const request = { signal: stop.signal, onArrival: () => (arrivals += 1) };
    const pace = { othersMs: 5, withoutIdleMs: 5 };
    const watched = watchFolders(session, ['INBOX', 'Desk'], request, pace);
    const looks = () => commands.filter((one) => one.startsWith('STATUS')).length;
    await vi.waitFor(() => expect(looks()).toBeGreaterThan(3), PATIENCE);
    const atStart = arrivals;
    expect(atStart).toBe(2);
    exists = 2;
    await vi.waitFor(() => expect(arrivals).toBe(3), PATIENCE);
    uidNext = 4;
    await vi.waitFor(() => expect(arrivals).toBe(4), PATIENCE);
    stop.abort();
    await watched;
    // The look that was under way ends in its turn; none follows.
    await session.run(undefined, () => Promise.resolve());
    const asked = looks();
    for (let i = 0; i < 5; i++) await session.run(undefined, (client) => client.noop());
    expect(looks()).toBe(asked);
  });

  test('a first folder that is gone ends it by name, and a second watch takes over from the first', async () => {
    const port = await startFakeImap((command, tag) =>
      command.startsWith('EXAMINE Gone') ? [`${tag} NO [NONEXISTENT] no such folder`] : [],
    );
    const session = createSession(toSettings({ host: HOST, port }, 'ada'), BY_PASSWORD);
    onTestFinished(() => session.close());
    const request = { signal: signal(), onArrival: () => undefined };
    await expect(watchFolders(session, ['Gone'], request)).rejects.toMatchObject({ type: 'NotFound' });
    const first = watchFolders(session, ['INBOX'], request);
    const outcome = expect(first).rejects.toMatchObject({ type: 'Unavailable', message: /another/ });
    const second = watchFolders(session, ['INBOX'], request).catch((error: unknown) => error);
    await outcome;
    await session.close();
    expect(await second).toMatchObject({ message: 'The mailbox was closed.' });
  });
});
