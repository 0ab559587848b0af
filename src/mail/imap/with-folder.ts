import type { ImapFlow } from 'imapflow';
import { ServiceError } from '../../domain/service-error.ts';
import type { ImapSession } from './create-session.ts';
import { openFolder } from './open-folder.ts';

/** The folder that a page is being read from; its UIDs mean nothing under another UIDVALIDITY. */
export interface FolderRef {
  readonly folder: string;
  readonly uidValidity: string;
}

/** Runs commands in the open folder; after a broken connection the folder is opened again first. */
export async function withFolder<R>(
  session: ImapSession,
  ref: FolderRef,
  signal: AbortSignal,
  command: (client: ImapFlow) => Promise<R>,
): Promise<R> {
  return session.run(signal, async (client) => {
    if (client.mailbox === false) {
      const { uidValidity } = await openFolder(client, ref.folder);
      if (uidValidity !== ref.uidValidity) {
        throw new ServiceError('Unavailable', `"${ref.folder}" was rebuilt while it was read.`);
      }
    }
    return command(client);
  });
}
