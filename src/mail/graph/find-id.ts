import type { GraphSession } from './create-session.ts';
import { findFolder } from './find-folder.ts';
import { readRound } from './read-round.ts';
import { fromProviderKey, toProviderKey } from './to-provider-key.ts';

/** The id of a message by its key; for a hash the folders are looked through. Undefined when none has it. */
export async function findId(
  session: GraphSession,
  providerKey: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const id = fromProviderKey(providerKey);
  if (id !== undefined) return id;
  for (const name of session.settings.folders) {
    const { id: folderId } = await findFolder(session, name, signal);
    const messages = await readRound(session, { folderId, link: undefined, signal }, () => undefined);
    const found = messages.find((message) => toProviderKey(message.id) === providerKey);
    if (found !== undefined) return found.id;
  }
  return undefined;
}
