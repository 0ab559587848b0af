import { describe, expect, test } from 'vitest';
import { facts } from './fake-imap.ts';
import { at, examine, openFolder } from './open-imap-folder.ts';
import { pageRequest } from './read-all.ts';

const labels = (items: readonly { readonly label: string }[]) => items.map(({ label }) => label);

describe('a server that was set back', () => {
  test.each([
    ['the newest message is not there any more', [18, 19], 20, 20, 1],
    ['the newest three are not', [7, 15], 18, 20, 3],
    ['none is there', [], 18, 20, 3],
  ])(
    'UIDs that are about to be dealt again are given up: %s',
    async (_when, uids, uidNext, lastUid, count) => {
      const there = [...uids];
      const mailbox = await openFolder(there, (command, tag) => {
        const next = Math.max(uidNext, (there.at(-1) ?? 0) + 1);
        if (command.startsWith('EXAMINE')) return examine(tag, there.length, `UIDNEXT ${next}`);
        return command.startsWith(`FETCH ${there.length} `)
          ? [facts(there.at(-1) ?? 0), `${tag} OK done`]
          : [];
      });
      const cursor = at(lastUid, { since: '2025-01-01T00:00:00.000Z', sinceUpTo: 30 });
      const page = await mailbox.readPage(pageRequest({ cursor }));
      const givenUp = Array.from({ length: count }, (_, n) => `INBOX;5;${uidNext + n}`);
      expect(page).toMatchObject({ items: [], done: false, givenUp });
      expect(page.cursor).toContain(`"lastUid":${uidNext - 1},`);
      expect(page.cursor).toContain(`"sinceUpTo":${uidNext - 1}}`);
      there.push(uidNext);
      const next = await mailbox.readPage(pageRequest({ cursor: page.cursor }));
      expect(labels(next.items)).toEqual([`INBOX, UID ${uidNext}`]);
      expect(next.givenUp).toBeUndefined();
    },
  );

  test('what came in the same moment is no reason to give up UIDs that it bears', async () => {
    const mailbox = await openFolder([7, 18], (command, tag) => {
      if (command.startsWith('EXAMINE')) return examine(tag, 2, 'UIDNEXT 18');
      return command.startsWith('FETCH 2 ') ? [facts(18), `${tag} OK done`] : [];
    });
    const page = await mailbox.readPage(pageRequest({ cursor: at(20) }));
    expect(page).toMatchObject({ items: [], done: true, cursor: expect.stringContaining('"lastUid":20') });
  });

  test('more than a hundred thousand UIDs are left to the audit', async () => {
    const mailbox = await openFolder([7], (command, tag) => {
      if (command.startsWith('EXAMINE')) return examine(tag, 1, 'UIDNEXT 8');
      return command.startsWith('FETCH 1 ') ? [facts(7), `${tag} OK done`] : [];
    });
    const page = await mailbox.readPage(pageRequest({ cursor: at(100_008) }));
    expect(page.givenUp).toBeUndefined();
    expect(page.cursor).toContain('"lastUid":100008');
    expect((await mailbox.readPage(pageRequest({ cursor: at(100_007) }))).givenUp).toHaveLength(100_000);
  });
});
