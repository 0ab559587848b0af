import { ServiceError } from '../../domain/service-error.ts';
import type { ItemsRequest, MailboxItem } from '../mailbox.ts';
import type { GraphSession } from './create-session.ts';
import { findId } from './find-id.ts';
import { loadItems } from './load-items.ts';
import { readFacts } from './read-facts.ts';

/** These messages wherever in the mailbox they are now; what is gone is left out. */
export async function readItems(
  session: GraphSession,
  providerKeys: readonly string[],
  request: ItemsRequest,
): Promise<readonly MailboxItem[]> {
  const ids: string[] = [];
  for (const key of providerKeys) {
    const id = await findId(session, key, request.signal);
    if (id !== undefined) ids.push(id);
  }
  const messages = await readFacts(session, ids, request.signal);
  const all = { ...request, cursor: undefined, maxItems: ids.length, maxBytes: Number.MAX_SAFE_INTEGER };
  const { items, rest } = await loadItems(session, messages, 'mailbox', all);
  if (rest.length === 0) return items;
  // Left out would mean gone.
  throw new ServiceError('Unavailable', `Graph handed over ${items.length} of ${messages.length} messages.`);
}
