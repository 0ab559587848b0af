import type { ImapFlow } from 'imapflow';
import { ServiceError } from '../../domain/service-error.ts';
import { maskResponse } from '../smtp/mask-response.ts';

interface Refusal {
  readonly responseStatus?: string;
  readonly serverResponseCode?: string;
  readonly responseText?: string;
}

/** RFC 5530: they say nothing about the name. */
const TRANSIENT = new Set(['UNAVAILABLE', 'INUSE', 'SERVERBUG', 'OVERQUOTA', 'LIMIT']);

/** The keyword of a message that was copied and is still to be expunged; the copy does not have it. */
const COPIED = 'MailroomCopied';

/**
 * MOVE (RFC 6851), or COPY, \Deleted and UID EXPUNGE (RFC 4315) of one message of the folder that is open to write.
 * A plain EXPUNGE would remove what others marked, so without UIDPLUS it is InvalidInput. The target is made when
 * it is not there; a message that lies in it already stays.
 */
export async function moveMessage(client: ImapFlow, uid: number, target: string): Promise<void> {
  const canMove = client.capabilities.has('MOVE');
  if (!canMove && !client.capabilities.has('UIDPLUS')) {
    throw new ServiceError('InvalidInput', 'The server offers neither MOVE nor UIDPLUS.', {
      fix: 'Leave the folder out of the write-back: here a message cannot be moved without risk to others.',
    });
  }
  const source = client.mailbox === false ? '' : client.mailbox.path;
  const move = () => (canMove ? moved(client, uid, target) : copied(client, uid, target));
  if (isSame(source, target) || (await move())) return;
  // imapflow does not say why; a target that is not there (TRYCREATE) is the one reason to be mended here.
  await createFolder(client, target);
  if (await move()) return;
  throw new ServiceError('Unavailable', `The server did not move the message to "${target}".`);
}

/** A name that the server does not take stays wrong: nothing that a later try would change. */
async function createFolder(client: ImapFlow, folder: string): Promise<void> {
  try {
    await client.mailboxCreate(folder);
  } catch (error) {
    const { responseStatus, serverResponseCode, responseText } = error as Refusal;
    if (responseStatus !== 'NO' || TRANSIENT.has(serverResponseCode ?? '')) throw error;
    const words = maskResponse(responseText ?? 'no reason given');
    throw new ServiceError('InvalidInput', `The server does not make the folder "${folder}": ${words}`, {
      fix: 'Name another folder for handled mail, or make it there by hand.',
      cause: error,
    });
  }
}

function isSame(source: string, target: string): boolean {
  if (source === target) return true;
  const inbox = (name: string) => name.toUpperCase() === 'INBOX';
  return inbox(source) && inbox(target);
}

async function moved(client: ImapFlow, uid: number, target: string): Promise<boolean> {
  return Boolean(await client.messageMove(String(uid), target, { uid: true }));
}

/**
 * \Deleted says nothing of a copy: people set it, too, and what was not copied must not be expunged. A cut behind the COPY
 * leads to a second copy unless its mark is kept; a refusal to expunge never does.
 */
async function copied(client: ImapFlow, uid: number, target: string): Promise<boolean> {
  const set = String(uid);
  if (!(await isCopied(client, set))) {
    if (!keepsDeleted(client)) throw toRefusal('The server keeps no message of this folder as deleted.');
    if (!(await client.messageCopy(set, target, { uid: true }))) return false;
    await client.messageFlagsAdd(set, [COPIED], { uid: true, silent: true });
  }
  if (await client.messageDelete(set, { uid: true })) return true;
  const said = `The message was copied to "${target}" and is still in its folder`;
  // The next attempt finds the mark and copies nothing.
  if (!client.usable || (await isCopied(client, set))) throw new ServiceError('Unavailable', `${said}.`);
  throw toRefusal(`${said}, where the server does not let it be removed.`);
}

function toRefusal(message: string): ServiceError {
  return new ServiceError('PermissionDenied', message, {
    fix: 'Give the user of this account the right to delete there, or leave the folder out of the write-back.',
  });
}

/** imapflow stores nothing, without a word, where PERMANENTFLAGS (RFC 9051 7.1) does not allow the flag. */
function keepsDeleted({ mailbox }: ImapFlow): boolean {
  const kept = mailbox === false ? undefined : mailbox.permanentFlags;
  return kept === undefined || kept.has('\\*') || kept.has('\\Deleted');
}

/**
 * Whether an attempt before this one came as far as the copy: only the expunge is left to do. The mark says nothing of the
 * target: whoever names another one in between finds the copy in the first.
 */
async function isCopied(client: ImapFlow, set: string): Promise<boolean> {
  const found = await client.fetchOne(set, { uid: true, flags: true }, { uid: true });
  if (found === false || found?.flags === undefined) return false;
  return [...found.flags].some((flag) => flag.toLowerCase() === COPIED.toLowerCase());
}
