import type { GraphSession } from './create-session.ts';
import { type DeltaMessage, readDelta } from './read-delta.ts';

const PAGE_SIZE = 500;

/** All changes from a link on, or all messages of a folder without one; what was removed again is left out. */
export async function readRound(
  session: GraphSession,
  start: { readonly folderId: string; readonly link: string | undefined; readonly signal: AbortSignal },
  onPage: () => void,
): Promise<readonly DeltaMessage[]> {
  const messages = new Map<string, DeltaMessage>();
  let { link } = start;
  for (;;) {
    const page = await readDelta(session, { ...start, link, pageSize: PAGE_SIZE });
    for (const message of page.messages) messages.set(message.id, message);
    for (const id of page.removed) messages.delete(id);
    onPage();
    if (page.complete) return [...messages.values()];
    link = page.link;
  }
}
