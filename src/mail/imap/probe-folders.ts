import type { ImapFlow } from 'imapflow';
import { ServiceError } from '../../domain/service-error.ts';
import type { MailboxProbe } from '../mailbox.ts';
import type { ImapSession } from './create-session.ts';
import { openFolder } from './open-folder.ts';

const EXTENSIONS = ['IDLE', 'CONDSTORE', 'QRESYNC', 'MOVE', 'UIDPLUS'];

/** A line for each folder, and one for what the server offers. Throws NotFound for the first folder that is gone. */
export async function probeFolders(
  session: ImapSession,
  folders: readonly string[],
  signal: AbortSignal,
): Promise<MailboxProbe> {
  return session.run(signal, async (client) => {
    const lines: string[] = [];
    let failure: ServiceError | undefined;
    for (const folder of folders) {
      try {
        const { exists } = await openFolder(client, folder);
        lines.push(`${folder}: ${exists} ${exists === 1 ? 'message' : 'messages'}`);
      } catch (error) {
        if (!(error instanceof ServiceError)) throw error;
        failure ??= error;
      }
    }
    if (failure !== undefined) throw failure;
    return [...lines, describeServer(client)];
  });
}

function describeServer(client: ImapFlow): string {
  const offered = EXTENSIONS.filter((name) => client.capabilities.has(name));
  const lacking = EXTENSIONS.filter((name) => !client.capabilities.has(name));
  const offers =
    offered.length === 0 ? 'The server offers no extension' : `The server offers ${offered.join(', ')}`;
  return lacking.length === 0 ? offers : `${offers}; it lacks ${lacking.join(', ')}`;
}
