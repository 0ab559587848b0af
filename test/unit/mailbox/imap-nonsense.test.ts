import { describe, expect, test } from 'vitest';
import type { LiveMailbox, MailboxEntry } from '../../../src/mail/mailbox.ts';
import { body, CLOSE, facts, search } from './fake-imap.ts';
import { at, examine, openFolder } from './open-imap-folder.ts';
import { pageRequest, readAll } from './read-all.ts';

const labels = (items: readonly { readonly label: string }[]) => items.map(({ label }) => label);

async function list(mailbox: LiveMailbox, cursor?: string): Promise<MailboxEntry[]> {
  const entries: MailboxEntry[] = [];
  const request = {
    cursor,
    since: undefined,
    signal: new AbortController().signal,
    onProgress: () => undefined,
  };
  for await (const page of mailbox.list(request)) entries.push(...page);
  return entries;
}

describe('numbers that cannot be', () => {
  test.each([0, 1, 2])('a UIDNEXT of %d in a folder of three hides no mail', async (uidNext) => {
    const mailbox = await openFolder([7, 8, 9], (command, tag) =>
      command.startsWith('EXAMINE') ? examine(tag, 3, `UIDNEXT ${uidNext}`) : [],
    );
    expect(labels((await mailbox.readPage(pageRequest({ cursor: at(8) }))).items)).toEqual(['INBOX, UID 9']);
    const since = new Date('2025-01-01');
    const page = await mailbox.readPage(pageRequest({ since }));
    expect(page).toMatchObject({ items: [], done: true });
    expect((await mailbox.readPage(pageRequest({ cursor: page.cursor, since }))).items).toEqual([]);
  });

  // Some servers tell the highest UID there is, and 1, whatever was dealt before.
  test.each([
    ['it is that of the last one', [18, 19, 20], 20],
    ['all messages were moved away', [], 1],
    ['there are higher ones', [7, 15], 9],
  ])('a UIDNEXT that was read already stops no account: %s', async (_when, uids, uidNext) => {
    const there = [...uids];
    const mailbox = await openFolder(there, (command, tag) => {
      if (command.startsWith('EXAMINE'))
        return examine(tag, there.length, `UIDNEXT ${there.includes(21) ? 22 : uidNext}`);
      if (command.startsWith('UID SEARCH UID 21:*')) return search(tag, ...there.slice(-1));
      return command.startsWith('FETCH ') ? [facts(there.at(-1) ?? 0), `${tag} OK done`] : [];
    });
    const page = await mailbox.readPage(pageRequest({ cursor: at(20) }));
    expect(page.givenUp).toBeUndefined();
    expect(page).toMatchObject({ items: [], done: true, cursor: expect.stringContaining('"lastUid":20') });
    there.push(21);
    const next = await mailbox.readPage(pageRequest({ cursor: page.cursor }));
    expect(labels(next.items)).toEqual(['INBOX, UID 21']);
  });

  test('the highest UID that there can be is asked for as such', async () => {
    const sets: string[] = [];
    const mailbox = await openFolder([4_294_967_290], (command, tag) => {
      if (command.startsWith('EXAMINE')) return examine(tag, 5_000, 'UIDNEXT 4294967291');
      if (command.startsWith('UID SEARCH')) sets.push(command);
      return [];
    });
    const page = await mailbox.readPage(pageRequest({ cursor: at(4_294_967_200) }));
    expect(labels(page.items)).toEqual(['INBOX, UID 4294967290']);
    expect(sets[0]).toBe('UID SEARCH UID 4294967201:4294967295');
  });

  test.each(['4294967296', '99999999999999999999', '0', '-1', 'NIL'])(
    'a UID %s is passed by, and the position does not move to it',
    async (uid) => {
      const mailbox = await openFolder([7], (command, tag) =>
        command.startsWith('UID SEARCH') ? [`* SEARCH 7 ${uid}`, `${tag} OK done`] : [],
      );
      const page = await mailbox.readPage(pageRequest());
      expect(labels(page.items)).toEqual(['INBOX, UID 7']);
      expect(page.cursor).toContain('"lastUid":7');
    },
  );

  test('a SEARCH that answers more than was asked moves no position back, and brings nothing twice', async () => {
    const uids = Array.from({ length: 40 }, (_, n) => n + 1);
    const mailbox = await openFolder(uids, (command, tag) =>
      command.startsWith('UID SEARCH') ? search(tag, ...uids.toReversed()) : [],
    );
    const page = await mailbox.readPage(pageRequest({ cursor: at(30), maxItems: 3 }));
    expect(labels(page.items)).toEqual(['INBOX, UID 31', 'INBOX, UID 32', 'INBOX, UID 33']);
    const since = { since: '2024-01-01T00:00:00.000Z', sinceUpTo: 35 };
    const rest = await readAll(mailbox, { cursor: at(33, since), maxItems: 2 });
    expect(labels(rest)).toEqual([34, 35, 36, 37, 38, 39, 40].map((uid) => `INBOX, UID ${uid}`));
  });

  test('sizes and dates that cannot be lose no message, and the audit lists it', async () => {
    const dates = ['01-Jan-99999 10:00:00 +0000', '01-Jan-2024 99:00:00 +0000', ''];
    const mailbox = await openFolder([1, 2, 3], (command, tag) =>
      command.startsWith('UID FETCH') && !command.includes('BODY')
        ? [
            ...dates.map(
              (date, n) => `* ${n + 1} FETCH (UID ${n + 1} INTERNALDATE "${date}" RFC822.SIZE -${n})`,
            ),
            `${tag} OK done`,
          ]
        : [],
    );
    const { items } = await mailbox.readPage(pageRequest());
    expect(items.map(({ raw, fault }) => [raw !== undefined, fault])).toEqual(
      items.map(() => [true, undefined]),
    );
    expect(labels(await list(mailbox))).toEqual(labels(items));
  });

  test('a MODSEQ that goes back says of nothing that it left, and reading goes on', async () => {
    const commands: string[] = [];
    const mailbox = await openFolder([7, 8], (command, tag) => {
      commands.push(command);
      if (command.startsWith('CAPABILITY'))
        return ['* CAPABILITY IMAP4rev1 ENABLE CONDSTORE QRESYNC', `${tag} OK done`];
      if (command.startsWith('ENABLE')) return ['* ENABLED QRESYNC CONDSTORE', `${tag} OK done`];
      if (command.startsWith('EXAMINE')) return examine(tag, 2, 'UIDNEXT 9', 'HIGHESTMODSEQ 20');
      return [];
    });
    const page = await mailbox.readPage(pageRequest({ cursor: at(7, { modseq: '900' }) }));
    expect(labels(page.items)).toEqual(['INBOX, UID 8']);
    expect(page.gone).toEqual([]);
    expect(page.cursor).toContain('"modseq":"20"');
  });
});

test('the names that a server gives to folders make no sentence long, and none breaks out of it', async () => {
  const names = [
    'Desk',
    `${'x'.repeat(50_000)}`,
    '\u001b[31mred',
    'bob@example.com',
    'Shared/ada.b@example.com/Team / @work/INBOX',
    ...Array(2_000).fill('y'),
  ];
  const mailbox = await openFolder([], (command, tag) => {
    if (command.startsWith('EXAMINE')) return [`${tag} NO [NONEXISTENT] no such folder`];
    if (!command.startsWith('LIST "" "*"')) return [];
    return [...names.map((name) => `* LIST () "/" "${name}"`), `${tag} OK done`];
  });
  const failure: unknown = await mailbox.readPage(pageRequest()).catch((error: unknown) => error);
  expect(failure).toMatchObject({ type: 'NotFound', fix: expect.stringContaining('Desk, ') });
  const { fix = '' } = failure as { fix?: string };
  expect(fix.length).toBeLessThan(5_000);
  expect(fix).not.toMatch(/\p{Cc}|bob|ada/u);
  // What is named can be used, and what was cut or masked shows it.
  const named = fix.replace(/^.*?: /, '').split(', ');
  expect(named).toEqual(
    expect.arrayContaining([`${'x'.repeat(79)}…`, '<address>', 'Shared/<address>/Team / @work/INBOX']),
  );
});

describe('answers that nobody asked for', () => {
  test('a message that is expunged in the middle of a FETCH is left out, and the others are whole', async () => {
    let isGone = false;
    const mailbox = await openFolder([1, 2, 3], (command, tag) => {
      if (command.startsWith('UID SEARCH') && isGone) return search(tag, 1, 3);
      if (!command.startsWith('UID FETCH') || !command.includes('BODY')) return [];
      isGone = true;
      return [body(1), '* 2 EXPUNGE', '* 2 EXISTS', body(3), `${tag} OK done`];
    });
    const page = await mailbox.readPage(pageRequest());
    expect(labels(page.items)).toEqual(['INBOX, UID 1', 'INBOX, UID 3']);
    expect(page).toMatchObject({ done: true, cursor: expect.stringContaining('"lastUid":3') });
  });

  test('a body that comes twice, or of a message that was not asked for, is one item with its own bytes', async () => {
    const text = (name: string) => `Subject: ${name}\r\n\r\n`;
    const mailbox = await openFolder([1, 2], (command, tag) => {
      if (!command.startsWith('UID FETCH') || !command.includes('BODY')) return [];
      const flags = '* 1 FETCH (UID 1 FLAGS (\\Seen))';
      return [
        flags,
        body(9, text('nine')),
        body(1, text('one')),
        body(1, text('again')),
        body(2, text('two')),
        `${tag} OK`,
      ];
    });
    const { items } = await mailbox.readPage(pageRequest());
    expect(items.map(({ label, raw }) => [label, Buffer.from(raw ?? []).toString()])).toEqual([
      ['INBOX, UID 1', text('one')],
      ['INBOX, UID 2', text('two')],
    ]);
  });

  test('a BYE in the middle of a FETCH is no end of the folder', async () => {
    let byes = 0;
    const mailbox = await openFolder([1, 2, 3], (command) => {
      if (!command.includes('BODY') || byes > 0) return [];
      byes += 1;
      return [body(1), '* BYE going down', CLOSE];
    });
    const page = await mailbox.readPage(pageRequest()).catch((error: unknown) => error);
    expect(page).toMatchObject({ items: [{}, {}, {}], done: true });
  });
});
