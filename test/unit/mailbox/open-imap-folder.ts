import type { LiveMailbox } from '../../../src/mail/mailbox.ts';
import { asked, body, facts, openFakeImap, type Script, search } from './fake-imap.ts';

/** What a server says of its folder: UIDVALIDITY 5, so many messages, and these codes. */
export const examine = (tag: string, exists: number, ...codes: string[]): string[] => [
  `* ${exists} EXISTS`,
  '* OK [UIDVALIDITY 5] valid',
  ...codes.map((code) => `* OK [${code}] told`),
  `${tag} OK [READ-ONLY] done`,
];

/** The position of an account that has read INBOX up to this UID. */
export const at = (lastUid: number, more = {}) =>
  JSON.stringify({ kind: 'imap', folders: { INBOX: { uidValidity: '5', lastUid, ...more } } });

/** A folder of these UIDs, in which `script` goes first. */
export const openFolder = (uids: readonly number[], script: Script = () => []): Promise<LiveMailbox> =>
  openFakeImap((command, tag) => {
    const scripted = script(command, tag);
    if (scripted === undefined || scripted.length > 0) return scripted;
    if (command.startsWith('EXAMINE')) return examine(tag, uids.length, `UIDNEXT ${(uids.at(-1) ?? 0) + 1}`);
    if (command.startsWith('UID SEARCH')) return search(tag, ...uids);
    if (!command.startsWith('UID FETCH')) return [];
    if (!command.includes('BODY')) return [...uids.map((uid) => facts(uid)), `${tag} OK done`];
    return [...asked(command).map((uid) => body(uid)), `${tag} OK done`];
  });
