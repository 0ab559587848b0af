import { describe, expect, test } from 'vitest';
import { openFakeImap, search } from './fake-imap.ts';

const STEPS = ['UID COPY', 'UID STORE 7 +FLAGS.SILENT', 'UID STORE 7 +FLAGS (', 'UID EXPUNGE'] as const;

/** A folder with UID 7, marked as deleted, on a server without MOVE; the connection is cut once, before or after `step` is done. */
async function openCut(step: string, isDone: boolean) {
  const flags = new Set(['\\Deleted']);
  const folder = { isThere: true, copies: 0, isLost: false };
  let isCut = false;
  const act = (command: string): void => {
    if (command.startsWith('UID COPY')) folder.copies += 1;
    for (const flag of /FLAGS(?:\.SILENT)? \((.*)\)/.exec(command)?.[1]?.split(' ') ?? []) flags.add(flag);
    if (!command.startsWith('UID EXPUNGE') || !flags.has('\\Deleted')) return;
    folder.isLost ||= folder.copies === 0;
    folder.isThere = false;
  };
  const mailbox = await openFakeImap((command, tag) => {
    if (command.startsWith('CAPABILITY')) return ['* CAPABILITY IMAP4rev1 UIDPLUS', `${tag} OK done`];
    if (command.startsWith('SELECT'))
      return ['* 1 EXISTS', '* OK [UIDVALIDITY 0] zero', `${tag} OK [READ-WRITE] done`];
    if (command.startsWith('UID SEARCH')) return search(tag, ...(folder.isThere ? [7] : []));
    if (command.startsWith('UID FETCH'))
      return [`* 1 FETCH (UID 7 FLAGS (${[...flags].join(' ')}))`, `${tag} OK done`];
    const cuts = !isCut && command.startsWith(step);
    isCut ||= cuts;
    if (!cuts || isDone) act(command);
    return cuts ? undefined : [];
  });
  return { mailbox, folder };
}

test.each(
  STEPS.flatMap((step) => [
    { step, isDone: false, side: 'before' },
    { step, isDone: true, side: 'behind' },
  ]),
)(
  'a move of mail that a person marked as deleted, cut $side $step, is ended by the next one',
  async ({ step, isDone }) => {
    const { mailbox, folder } = await openCut(step, isDone);
    const mark = { seen: false, label: undefined, folder: 'Done' };
    const move = () => mailbox.mark('INBOX;0;7', mark, new AbortController().signal);
    await expect(move()).rejects.toMatchObject({ type: 'Unavailable' });
    expect(await move()).toBe(!(step === 'UID EXPUNGE' && isDone));
    expect(folder).toMatchObject({ isThere: false, isLost: false });
    // Only between the copy and its mark nobody knows of it.
    const isUnknown = (step === 'UID COPY' && isDone) || (step === STEPS[1] && !isDone);
    expect(folder.copies).toBe(isUnknown ? 2 : 1);
  },
);

describe('a move without MOVE out of a folder whose mail may not be removed', () => {
  /** UID 7; what comes of STORE and EXPUNGE is refused, and keywords stay or do not. */
  async function openRefusing(permanent: string, keyword: 'kept' | 'refused' | 'forgotten') {
    const written: string[] = [];
    let flags = '';
    const mailbox = await openFakeImap((command, tag) => {
      if (/^UID (COPY|STORE|EXPUNGE)/.test(command)) written.push(command.split(' ').slice(0, 2).join(' '));
      if (command.startsWith('CAPABILITY')) return ['* CAPABILITY IMAP4rev1 UIDPLUS', `${tag} OK done`];
      if (command.startsWith('SELECT')) {
        const kept = `* OK [PERMANENTFLAGS (${permanent})] told`;
        return ['* 1 EXISTS', '* OK [UIDVALIDITY 0] zero', kept, `${tag} OK [READ-WRITE] done`];
      }
      if (command.startsWith('UID SEARCH')) return search(tag, 7);
      if (command.startsWith('UID FETCH')) return [`* 1 FETCH (UID 7 FLAGS (${flags}))`, `${tag} OK done`];
      if (command.includes('MailroomCopied') && keyword === 'kept') flags = 'MailroomCopied';
      if (command.includes('MailroomCopied') && keyword === 'refused') return [`${tag} NO [LIMIT] too many`];
      return command.startsWith('UID EXPUNGE') ? [`${tag} NO you may not expunge here`] : [];
    });
    const mark = { seen: false, label: undefined, folder: 'Done' };
    return { written, move: () => mailbox.mark('INBOX;0;7', mark, new AbortController().signal) };
  }
  const fix = expect.stringContaining('leave the folder out of the write-back');

  test.each([
    ['are none', '\\Seen \\Deleted', 'refused'],
    ['are refused', '\\Deleted \\*', 'refused'],
    ['are forgotten', '\\Deleted \\*', 'forgotten'],
  ] as const)(
    'is not tried again where keywords %s: each time would be another copy',
    async (_how, kept, keyword) => {
      const { move, written } = await openRefusing(kept, keyword);
      await expect(move()).rejects.toMatchObject({ type: 'PermissionDenied', fix });
      expect(written.filter((command) => command === 'UID COPY')).toHaveLength(1);
    },
  );

  test('is tried again where the mark stays, and copies once', async () => {
    const { move, written } = await openRefusing('\\Deleted \\*', 'kept');
    for (let times = 0; times < 5; times++)
      await expect(move()).rejects.toMatchObject({ type: 'Unavailable' });
    expect(written.filter((command) => command === 'UID COPY')).toHaveLength(1);
    expect(written.filter((command) => command === 'UID EXPUNGE')).toHaveLength(5);
  });

  test('is refused before anything is copied where no message can be marked as deleted', async () => {
    const { move, written } = await openRefusing('\\Seen', 'refused');
    await expect(move()).rejects.toMatchObject({ type: 'PermissionDenied', fix });
    expect(written).toEqual([]);
  });
});
