import type { ImapFlow, MailboxObject } from 'imapflow';
import { ServiceError } from '../../domain/service-error.ts';
import type { MailboxMark } from '../mailbox.ts';
import type { ImapSession } from './create-session.ts';
import { findUids } from './find-uids.ts';
import { moveMessage } from './move-message.ts';
import { nameSome } from './name-some.ts';
import { selectFolder } from './open-folder.ts';
import { parseProviderKey } from './parse-provider-key.ts';
import { toKeyword } from './to-keyword.ts';

/**
 * Flags first, then the move. False when the message is gone, its folder with it, or when it lies under another
 * UIDVALIDITY. Throws InvalidInput when the server keeps no keywords, PermissionDenied when it may not be written.
 */
export async function markMessage(
  session: ImapSession,
  folders: readonly string[],
  providerKey: string,
  { seen, label, folder: target }: MailboxMark,
  signal: AbortSignal,
): Promise<boolean> {
  const place = parseProviderKey(providerKey, folders);
  if (place === undefined) return false;
  const keyword = label === undefined ? undefined : toKeyword(label);
  const { folder, uidValidity, uid } = place;
  return session.run(signal, async (client) => {
    const opened = await openToWrite(client, folder);
    if (opened === undefined || (opened.uidValidity as bigint | undefined)?.toString() !== uidValidity)
      return false;
    if (!(await findUids(client, String(uid))).includes(uid)) return false;
    const flags = [
      ...(seen ? [toKept(opened, '\\Seen')] : []),
      ...(keyword === undefined ? [] : [toKept(opened, keyword)]),
    ];
    if (flags.length > 0) await addFlags(client, uid, flags, folder);
    if (target !== undefined) await moveMessage(client, uid, target);
    // Read-write is for this alone: whoever reads next opens the folder read-only again.
    return true;
  });
}

async function openToWrite(client: ImapFlow, folder: string): Promise<MailboxObject | undefined> {
  let opened: MailboxObject;
  try {
    opened = await selectFolder(client, folder, false);
  } catch (error) {
    if (error instanceof ServiceError && error.type === 'NotFound') return undefined;
    throw error;
  }
  if (opened.readOnly !== true) return opened;
  throw new ServiceError('PermissionDenied', `The server opens "${folder}" for reading only.`, {
    fix: 'Give the user of this account the right to write there, or switch the write-back off.',
  });
}

/** imapflow leaves out, without a word, what PERMANENTFLAGS (RFC 9051 7.1) does not allow. */
function toKept({ permanentFlags: kept, path }: MailboxObject, flag: string): string {
  if (kept === undefined || kept.has('\\*')) return flag;
  const same = [...kept].find((one) => one.toLowerCase() === flag.toLowerCase());
  if (same !== undefined) return same;
  if (flag.startsWith('\\')) {
    throw new ServiceError('InvalidInput', `The server keeps no message of "${path}" as seen.`, {
      fix: 'Leave the mark as seen out of the write-back.',
    });
  }
  const names = [...kept].filter((one) => !one.startsWith('\\'));
  throw new ServiceError('InvalidInput', `The server keeps no label "${flag}" in "${path}".`, {
    fix:
      names.length === 0
        ? 'Leave the label out of the write-back; a folder to move to works here.'
        : `Leave the label out of the write-back, or use one of: ${nameSome(names, 20)}.`,
  });
}

async function addFlags(client: ImapFlow, uid: number, flags: string[], folder: string): Promise<void> {
  const stored = await client.messageFlagsAdd(String(uid), flags, { uid: true, silent: true });
  if (stored) return;
  throw new ServiceError('Unavailable', `The server did not store ${flags.join(', ')} in "${folder}".`);
}
