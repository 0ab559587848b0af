import type { PushSubscription } from '../mailbox.ts';
import type { GraphSession } from './create-session.ts';
import { isItemGone } from './to-service-error.ts';

/** Ends every subscription of the account; one that is gone already is fine. */
export async function unsubscribe(
  session: GraphSession,
  current: Pick<PushSubscription, 'id'>,
  signal: AbortSignal,
): Promise<void> {
  for (const id of current.id.split(',').filter((part) => part !== '')) {
    try {
      const path = `/subscriptions/${encodeURIComponent(id)}`;
      await session.sendJson({ method: 'DELETE', path, signal });
    } catch (error) {
      if (!isItemGone(error)) throw error;
    }
  }
}
