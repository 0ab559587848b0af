import type { Subscription } from '@microsoft/microsoft-graph-types';
import { ServiceError } from '../../domain/service-error.ts';
import type { PushRequest } from '../mailbox.ts';
import type { GraphSession } from './create-session.ts';
import { isSameResource } from './subscription-resource.ts';
import { toOwnPath } from './to-own-path.ts';
import { unsubscribe } from './unsubscribe.ts';

const MOST_PAGES = 100;

/**
 * Ends what calls us for this resource and was never put on record, as we went down in between, and says how many there
 * were. Of two in a row Graph refuses the second with 409 (learn.microsoft.com/graph/api/subscription-post-subscriptions).
 */
export async function endLeftovers(
  session: GraphSession,
  resource: string,
  notificationUrl: string,
  { findOthers, signal }: Pick<PushRequest, 'findOthers' | 'signal'>,
): Promise<number> {
  const ids: string[] = [];
  let path: string | undefined = '/subscriptions';
  for (let pages = 0; path !== undefined; pages++) {
    if (pages >= MOST_PAGES) throw new ServiceError('Unavailable', 'Graph lists subscriptions without end.');
    const { value, '@odata.nextLink': next } = await session.sendJson({ path, signal });
    for (const one of (Array.isArray(value) ? value : []) as Subscription[]) {
      // Another installation of the same app has an address of its own.
      if (one.notificationUrl !== notificationUrl || !isSameResource(one.resource ?? '', resource)) continue;
      if (typeof one.id === 'string') ids.push(one.id);
    }
    path = typeof next === 'string' ? toOwnPath(next, session.settings.baseUrl) : undefined;
  }
  const others = await findOthers(ids);
  const left = ids.filter((id) => !others.has(id));
  await unsubscribe(session, { id: left.join(',') }, signal);
  return left.length;
}
