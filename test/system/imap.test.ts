import { createHash } from 'node:crypto';
import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { ImapSettings } from '../../src/domain/account.ts';
import { openImapMailbox } from '../../src/mail/imap/open-imap-mailbox.ts';
import type { Mailbox, MailboxItem, PageRequest } from '../../src/mail/mailbox.ts';
import { describeUnless } from '../support/describe-unless.ts';
import { findDovecot } from '../support/dovecot/find-dovecot.ts';
import { type Dovecot, startDovecot } from '../support/dovecot/start-dovecot.ts';

const found = findDovecot();
const obstacle = 'skipped' in found ? found.skipped : undefined;

const PASSWORD = 'correct horse';
const mail = (name: string, body = 'Hello\r\n'): string =>
  `From: ada@example.com\r\nSubject: ${name}\r\n\r\n${body}`;
const many = (count: number, from = 0): string[] =>
  Array.from({ length: count }, (_, i) => mail(`n${from + i}`));
const subjects = (items: readonly MailboxItem[]): (string | undefined)[] =>
  items.map((item) => /^Subject: (.*)\r$/m.exec(Buffer.from(item.raw ?? []).toString('latin1'))?.[1]);
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

function ask(changes: Partial<PageRequest> = {}): PageRequest {
  return {
    cursor: undefined,
    maxItems: 250,
    maxBytes: 32 * 1024 * 1024,
    maxMessageBytes: 25 * 1024 * 1024,
    signal: new AbortController().signal,
    onProgress: () => undefined,
    ...changes,
  };
}

async function readAll(mailbox: Mailbox, changes: Partial<PageRequest> = {}) {
  const items: MailboxItem[] = [];
  let cursor = changes.cursor;
  for (;;) {
    const page = await mailbox.readPage(ask({ ...changes, cursor }));
    items.push(...page.items);
    cursor = page.cursor;
    if (page.done) return { items, cursor };
  }
}

describeUnless(obstacle, 'an IMAP account on Dovecot', () => {
  let server: Dovecot;
  let users = 0;

  beforeAll(async () => {
    server = await startDovecot();
  });
  afterAll(async () => {
    await server.stop();
  });

  function newUser(): string {
    const user = `user${++users}`;
    server.addUser(user, PASSWORD);
    return user;
  }

  function settings(user: string, changes: Partial<ImapSettings> = {}): ImapSettings {
    const { host, port } = server;
    const plain = {
      host,
      port,
      security: 'none',
      username: user,
      folders: ['INBOX'],
      allowSelfSigned: false,
    } as const;
    return { ...plain, ...changes };
  }

  async function open(user: string, changes: Partial<ImapSettings> = {}): Promise<Mailbox> {
    const mailbox = await openImapMailbox(settings(user, changes), { kind: 'password', password: PASSWORD });
    onTestFinished(() => mailbox.close());
    return mailbox;
  }

  test('1,000 messages come in batches, each once, in UID order', async () => {
    const user = newUser();
    await server.append(user, 'INBOX', ...many(1000));
    const mailbox = await open(user);
    let progress = 0;
    const started = performance.now();
    const { items, cursor } = await readAll(mailbox, { onProgress: () => progress++ });
    const ms = performance.now() - started;
    console.log(`1,000 messages in pages of 250: ${ms.toFixed(0)} ms`);
    expect(subjects(items)).toEqual(Array.from({ length: 1000 }, (_, i) => `n${i}`));
    expect(new Set(items.map((item) => item.providerKey)).size).toBe(1000);
    expect(items[41]?.providerKey).toMatch(/^INBOX;\d+;42$/);
    expect(items[41]).toMatchObject({
      label: 'INBOX, UID 42',
      receivedAt: expect.any(Date),
      fault: undefined,
    });
    expect(progress).toBeGreaterThanOrEqual(1000);
    expect(await mailbox.readPage(ask({ cursor }))).toMatchObject({
      items: [],
      done: true,
      cursor,
      total: 1000,
    });
  });

  test('a page that was not committed is read again exactly, by another process too', async () => {
    const user = newUser();
    await server.append(user, 'INBOX', ...many(30));
    const first = await (await open(user)).readPage(ask({ maxItems: 7 }));
    const lost = await (await open(user)).readPage(ask({ maxItems: 7, cursor: first.cursor }));
    const again = await (await open(user)).readPage(ask({ maxItems: 7, cursor: first.cursor }));
    expect(again).toEqual(lost);
    expect(subjects(again.items)[0]).toBe('n7');
  });

  test('mail that arrives while paging is read, and none twice', async () => {
    const user = newUser();
    await server.append(user, 'INBOX', ...many(5));
    const mailbox = await open(user);
    const first = await mailbox.readPage(ask({ maxItems: 3 }));
    await server.append(user, 'INBOX', ...many(4, 5));
    const rest = await readAll(mailbox, { maxItems: 3, cursor: first.cursor });
    expect(subjects([...first.items, ...rest.items])).toEqual(Array.from({ length: 9 }, (_, i) => `n${i}`));
    await server.append(user, 'INBOX', mail('later'));
    expect(subjects((await readAll(mailbox, { cursor: rest.cursor })).items)).toEqual(['later']);
  });

  test('expunged messages leave gaps and nothing else, also while paging and with an empty folder', async () => {
    const user = newUser();
    await server.append(user, 'INBOX', ...many(20));
    const mailbox = await open(user);
    const first = await mailbox.readPage(ask({ maxItems: 5 }));
    const other = await server.login(user);
    await other.mailboxOpen('INBOX');
    await other.messageDelete('3,7,8,20', { uid: true });
    const rest = await readAll(mailbox, { maxItems: 5, cursor: first.cursor });
    expect(rest.items.map((item) => item.label.split(' ').at(-1))).toEqual(
      [6, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19].map(String),
    );
    expect(rest.items.every((item) => item.fault === undefined)).toBe(true);
    await other.messageDelete('1:*', { uid: true });
    expect((await readAll(mailbox)).items).toEqual([]);
    // The last UID is gone: n:* must not bring an older message back.
    await server.append(user, 'INBOX', mail('new'));
    expect(subjects((await readAll(mailbox, { cursor: rest.cursor })).items)).toEqual(['new']);
  });

  test('a message expunged between the search and its FETCH is skipped', async () => {
    const user = newUser();
    await server.append(user, 'INBOX', ...many(250));
    const other = await server.login(user);
    await other.mailboxOpen('INBOX');
    const mailbox = await open(user);
    let deleted: Promise<unknown> | undefined;
    const onProgress = () => {
      deleted ??= other.messageDelete('200:249', { uid: true });
    };
    const { items } = await readAll(mailbox, { onProgress });
    await deleted;
    expect(items.every((item) => item.fault === undefined)).toBe(true);
    expect(subjects(items)).toContain('n249');
    expect(items.length).toBeGreaterThanOrEqual(200);
  });

  test('another UIDVALIDITY means reading again from the first, under new keys', async () => {
    const user = newUser();
    await server.append(user, 'Desk', ...many(3));
    const mailbox = await open(user, { folders: ['Desk'] });
    const before = await readAll(mailbox);
    // Dovecot hangs up on whoever has a folder open that another deletes.
    await mailbox.close();
    const other = await server.login(user);
    await other.mailboxDelete('Desk');
    await server.append(user, 'Desk', ...many(2));
    const again = await open(user, { folders: ['Desk'] });
    const after = await readAll(again, { cursor: before.cursor });
    expect(subjects(after.items)).toEqual(['n0', 'n1']);
    expect(after.items[0]?.providerKey).not.toBe(before.items[0]?.providerKey);
    expect((await readAll(again, { cursor: after.cursor })).items).toEqual([]);
  });

  test('several folders are read in their order, whatever their names', async () => {
    const user = newUser();
    const folders = ['INBOX', 'Entwürfe/Büro', '受信箱', 'A & B; 100%'];
    for (const folder of folders)
      await server.append(user, folder, mail(`one-${folders.indexOf(folder)}`), mail('two'));
    const mailbox = await open(user, { folders });
    const { items } = await readAll(mailbox, { maxItems: 3 });
    expect(items.map((item) => item.label.replace(/, UID \d+$/, ''))).toEqual(
      folders.flatMap((name) => [name, name]),
    );
    expect(items[2]?.providerKey).toMatch(/^Entw%C3%BCrfe%2FB%C3%BCro;\d+;1$/);
    expect(items[6]?.providerKey).toMatch(/^A%20%26%20B%3B%20100%25;\d+;1$/);
    const fewer = await open(user, { folders: ['受信箱'] });
    const cursor = (await mailbox.readPage(ask({ maxItems: 3 }))).cursor;
    expect((await readAll(fewer, { cursor })).items).toHaveLength(2);
  });

  test('a folder that is gone fails by name, after the mail of the others was read', async () => {
    const user = newUser();
    await server.append(user, 'INBOX', ...many(2));
    await server.append(user, 'Desk', ...many(2, 2));
    const mailbox = await open(user, { folders: ['INBOX', 'Gone', 'Desk'] });
    const page = await mailbox.readPage(ask());
    expect(subjects(page.items)).toEqual(['n0', 'n1', 'n2', 'n3']);
    expect(page.done).toBe(false);
    await expect(mailbox.readPage(ask({ cursor: page.cursor }))).rejects.toMatchObject({
      type: 'NotFound',
      message: 'There is no folder "Gone".',
      fix: expect.stringContaining('Desk'),
    });
  });

  test('a wrong password is refused with the words of the server', async () => {
    const user = newUser();
    const failure = await openImapMailbox(settings(user), {
      kind: 'password',
      password: 'wrong-secret',
    }).catch((error: unknown) => error);
    expect(failure).toMatchObject({
      type: 'AuthenticationFailed',
      message: expect.stringMatching(/auth|password/i),
    });
    expect(JSON.stringify(failure) + String(failure)).not.toContain('wrong-secret');
  });

  test('TLS and STARTTLS work; a self-signed certificate is refused unless it is allowed', async () => {
    const user = newUser();
    await server.append(user, 'INBOX', mail('safe'));
    const ways = [
      { port: server.tlsPort, security: 'tls' },
      { port: server.port, security: 'starttls' },
    ] as const;
    for (const way of ways) {
      for (const host of ['localhost', '127.0.0.1']) {
        const mailbox = await open(user, { ...way, host, allowSelfSigned: true });
        expect(subjects((await readAll(mailbox)).items)).toEqual(['safe']);
        await expect(
          openImapMailbox(settings(user, { ...way, host }), { kind: 'password', password: PASSWORD }),
        ).rejects.toMatchObject({
          type: 'InvalidInput',
          fix: expect.stringContaining('--allow-self-signed'),
        });
      }
    }
    const wrongPort = settings(user, { security: 'tls', allowSelfSigned: true });
    await expect(openImapMailbox(wrongPort, { kind: 'password', password: PASSWORD })).rejects.toMatchObject({
      type: 'InvalidInput',
    });
  });

  test('no message is ever marked as seen', async () => {
    const user = newUser();
    await server.append(user, 'INBOX', ...many(3));
    await readAll(await open(user));
    const other = await server.login(user);
    await other.mailboxOpen('INBOX', { readOnly: true });
    const flags = await other.fetchAll('1:*', { flags: true });
    expect(flags.map((message) => [...(message.flags ?? [])].filter((flag) => flag !== '\\Recent'))).toEqual([
      [],
      [],
      [],
    ]);
  });

  test('bytes arrive as they are: 8-bit, control characters, long lines', async () => {
    const user = newUser();
    const bytes = Buffer.from(Array.from({ length: 4096 }, (_, i) => 1 + (i % 255))).filter(
      (b) => b !== 10 && b !== 13,
    );
    const head = Buffer.from('From: ada@example.com\r\nSubject: caf\xe9\r\n\r\n', 'latin1');
    const raws = [
      Buffer.concat([head, bytes, Buffer.from('\r\n')]),
      Buffer.concat([
        head,
        Buffer.from([0x80, 0xff, 0xfe, 0x1a, 0x04, 0x7f]),
        Buffer.from('\r\n)\r\n{3}\r\n* BYE\r\n'),
      ]),
      Buffer.concat([head, Buffer.alloc(200_000, 'x'), Buffer.from('\r\n')]),
    ];
    await server.append(user, 'INBOX', ...raws);
    const { items } = await readAll(await open(user));
    expect(items.map((item) => sha256(item.raw ?? new Uint8Array()))).toEqual(raws.map(sha256));
    expect(items.map((item) => item.size)).toEqual(raws.map((raw) => raw.length));
  });

  test('a message over the limit is a fault that was never loaded', async () => {
    const user = newUser();
    await server.append(user, 'INBOX', mail('small'), mail('big', 'x'.repeat(300_000)), mail('last'));
    const { items } = await readAll(await open(user), { maxMessageBytes: 100_000 });
    expect(subjects(items)).toEqual(['small', undefined, 'last']);
    expect(items[1]).toMatchObject({
      raw: undefined,
      fault: { type: 'InvalidInput', reason: expect.stringContaining('the limit is 100000') },
    });
    expect(items[1]?.size).toBeGreaterThan(300_000);
  });

  test('a page ends at maxBytes, and one message may be larger than it', async () => {
    const user = newUser();
    await server.append(
      user,
      'INBOX',
      ...Array.from({ length: 6 }, (_, i) => mail(`n${i}`, 'x'.repeat(10_000))),
    );
    const mailbox = await open(user);
    const page = await mailbox.readPage(ask({ maxBytes: 25_000 }));
    expect(page.items.length).toBeLessThan(6);
    expect(page.items.length).toBeGreaterThan(0);
    expect((await readAll(mailbox, { maxBytes: 1 })).items).toHaveLength(6);
  });

  test('one message that the server cannot read is parked, the rest is read', async (context) => {
    if (process.getuid?.() !== 0)
      return context.skip('only root runs a server that may not read a file of its own');
    const user = newUser();
    await server.append(user, 'INBOX', ...many(6));
    const folder = join(server.dir, 'mail', user, 'new');
    for (const name of readdirSync(folder)) {
      if (readFileSync(join(folder, name), 'latin1').includes('Subject: n3'))
        chmodSync(join(folder, name), 0);
    }
    const { items } = await readAll(await open(user));
    expect(subjects(items)).toEqual(['n0', 'n1', 'n2', undefined, 'n4', 'n5']);
    expect(items[3]?.fault).toMatchObject({
      type: 'Unavailable',
      reason: expect.stringContaining('does not hand it over'),
    });
  });

  test('stops when it is told to', async () => {
    const user = newUser();
    await server.append(user, 'INBOX', ...many(200));
    const mailbox = await open(user);
    const stop = new AbortController();
    const reading = mailbox.readPage(
      ask({ signal: stop.signal, onProgress: () => stop.abort(new Error('enough')) }),
    );
    await expect(reading).rejects.toThrow('enough');
    expect((await readAll(mailbox)).items).toHaveLength(200);
  });

  test('a server that stops is unavailable, and reading goes on where it was when it is back', async () => {
    const user = newUser();
    await server.append(user, 'INBOX', ...many(9));
    const mailbox = await open(user);
    const first = await mailbox.readPage(ask({ maxItems: 4 }));
    await server.halt();
    await expect(mailbox.readPage(ask({ cursor: first.cursor }))).rejects.toMatchObject({
      type: 'Unavailable',
    });
    await expect(
      openImapMailbox(settings(user), { kind: 'password', password: PASSWORD }),
    ).rejects.toMatchObject({ type: 'Unavailable' });
    await server.restart();
    const rest = await readAll(mailbox, { cursor: first.cursor });
    expect(subjects([...first.items, ...rest.items])).toEqual(Array.from({ length: 9 }, (_, i) => `n${i}`));
  });

  test('a server killed in the middle of a page loses nothing', async () => {
    const user = newUser();
    await server.append(user, 'INBOX', ...many(300));
    const mailbox = await open(user);
    let halted: Promise<void> | undefined;
    const onProgress = () => {
      halted ??= server.halt();
    };
    const outcome = await mailbox
      .readPage(ask({ maxItems: 300, onProgress }))
      .catch((error: unknown) => error);
    await halted;
    await server.restart();
    const { items } = await readAll(mailbox);
    if (outcome instanceof Error) expect(outcome).toMatchObject({ type: 'Unavailable' });
    expect(subjects(items)).toEqual(Array.from({ length: 300 }, (_, i) => `n${i}`));
  });

  test('mail delivered past the server is found, as any program may write a Maildir', async () => {
    const user = newUser();
    await server.append(user, 'INBOX', mail('first'));
    const mailbox = await open(user);
    const { cursor } = await readAll(mailbox);
    writeFileSync(join(server.dir, 'mail', user, 'new', '1.M1P1.host'), mail('dropped'), { mode: 0o644 });
    expect(subjects((await readAll(mailbox, { cursor })).items)).toEqual(['dropped']);
  });
});
