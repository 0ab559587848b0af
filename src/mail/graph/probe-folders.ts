import type { MailboxProbe } from '../mailbox.ts';
import type { GraphSession } from './create-session.ts';
import { findFolder } from './find-folder.ts';

/** A line for each folder. Throws for the first that cannot be read. */
export async function probeFolders(session: GraphSession, signal: AbortSignal): Promise<MailboxProbe> {
  const lines: string[] = [];
  for (const name of session.settings.folders) {
    const { displayName, total } = await findFolder(session, name, signal);
    const label = displayName.toLowerCase() === name.toLowerCase() ? displayName : `${name} (${displayName})`;
    lines.push(total === undefined ? label : `${label}: ${total} messages`);
  }
  return lines;
}
