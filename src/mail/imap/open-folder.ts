import type { ImapFlow, ListResponse, MailboxObject } from 'imapflow';
import { ServiceError } from '../../domain/service-error.ts';
import { nameSome } from './name-some.ts';

/** What imapflow puts on the error of a command that the server refused. */
interface Refusal {
  readonly responseStatus?: string;
  readonly serverResponseCode?: string;
  readonly mailboxMissing?: boolean;
}

export interface OpenFolder {
  readonly uidValidity: string;
  readonly exists: number;
  /** undefined: the server does not tell, and nothing may be concluded from it. */
  readonly uidNext: number | undefined;
  /** HIGHESTMODSEQ (RFC 7162), in decimal digits; undefined: the folder has none. */
  readonly modseq: string | undefined;
}

/** Which folder was asked for, by what imapflow holds as selected: that names it in its own way. */
const asked = new WeakMap<MailboxObject, string>();

/** Whether this folder is the selected one, read-only, so that its UIDs can be used at once. */
export function isOpen(client: ImapFlow, folder: string): boolean {
  return client.mailbox !== false && asked.get(client.mailbox) === folder;
}

/**
 * EXAMINE (RFC 9051 6.3.3): read-only, so that nothing is ever marked as seen. Throws NotFound with the folders
 * that there are.
 */
export async function openFolder(client: ImapFlow, folder: string): Promise<OpenFolder> {
  const opened = await selectFolder(client, folder, true);
  if (client.mailbox !== false) asked.set(client.mailbox, folder);
  // imapflow leaves it out when the server does, though RFC 9051 demands it. Zero exists.
  const uidValidity = opened.uidValidity as bigint | undefined;
  if (uidValidity === undefined) {
    throw new ServiceError(
      'InvalidInput',
      `The server gives no UIDVALIDITY for "${folder}": its UIDs cannot be trusted.`,
      {
        fix: 'Read another folder, or import the mail from files.',
      },
    );
  }
  return {
    uidValidity: uidValidity.toString(),
    exists: opened.exists,
    uidNext: toUidNext(opened.uidNext as number | undefined, opened.exists),
    modseq: opened.noModseq === true ? undefined : opened.highestModseq?.toString(),
  };
}

/** A number that the messages that are there have used up already says nothing; 0 and 1 exist. */
export function toUidNext(told: number | undefined, exists: number): number | undefined {
  return told !== undefined && told > exists ? told : undefined;
}

/** EXAMINE, or SELECT to write. Throws NotFound with the folders that there are. */
export async function selectFolder(
  client: ImapFlow,
  folder: string,
  readOnly: boolean,
): Promise<MailboxObject> {
  try {
    return await client.mailboxOpen(folder, { readOnly });
  } catch (error) {
    const { responseStatus, mailboxMissing, serverResponseCode } = error as Refusal;
    if (responseStatus !== 'NO') throw error;
    const entries = await client.list();
    const isMissing = mailboxMissing === true || serverResponseCode === 'NONEXISTENT';
    // Names may be given without the prefix that a server has before all of them.
    const paths = [folder, `${client.namespace?.prefix ?? ''}${folder}`];
    const isShell = entries.some((entry) => paths.includes(entry.path) && !holdsMail(entry));
    if (!isMissing && !isShell) throw error;
    const names = entries.filter(holdsMail).map((entry) => entry.path);
    const what = isShell
      ? `The folder "${folder}" holds other folders and no messages.`
      : `There is no folder "${folder}".`;
    throw new ServiceError('NotFound', what, {
      fix: `Use one of these folders: ${nameSome(names, 50)}.`,
      cause: error,
    });
  }
}

/** Some names only hold others (RFC 9051 7.3.1): they cannot be opened. */
function holdsMail({ flags }: ListResponse): boolean {
  return !flags.has('\\Noselect') && !flags.has('\\NonExistent');
}
