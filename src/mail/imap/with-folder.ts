import type { ImapFlow } from 'imapflow';
import { ServiceError } from '../../domain/service-error.ts';
import type { ImapSession } from './create-session.ts';
import { isOpen, openFolder } from './open-folder.ts';

/** The folder that a page is being read from; its UIDs mean nothing under another UIDVALIDITY. */
export interface FolderRef {
  readonly folder: string;
  readonly uidValidity: string;
}

/**
 * Runs commands in the open folder. It is opened again first when the connection is a new one, or when others who
 * share the connection went to another folder in between.
 */
export async function withFolder<R>(
  session: ImapSession,
  ref: FolderRef,
  signal: AbortSignal,
  command: (client: ImapFlow) => Promise<R>,
): Promise<R> {
  return session.run(signal, async (client) => {
    const same = isOpen(client, ref.folder) ? readUidValidity(client) === ref.uidValidity : undefined;
    if (same !== true) {
      const { uidValidity } = await openFolder(client, ref.folder);
      if (uidValidity !== ref.uidValidity) {
        throw new ServiceError('Unavailable', `"${ref.folder}" was rebuilt while it was read.`);
      }
    }
    return command(client);
  });
}

function readUidValidity(client: ImapFlow): string | undefined {
  if (client.mailbox === false) return undefined;
  // Absent when the server left it out; see openFolder.
  return (client.mailbox.uidValidity as bigint | undefined)?.toString();
}
