import { ServiceError } from '../../domain/service-error.ts';
import type { GmailSession } from './create-gmail-session.ts';
import { fetchMessage } from './fetch-message.ts';

const PROBES = 3;
/** What is larger is not loaded: that it begins to come is enough. */
const MAX_BYTES = 64 * 1024;

/** Whether Gmail hands over any message but this one: if so, it is this one that is at fault, and not our rights. */
export async function canFetchOthers(
  session: GmailSession,
  id: string,
  signal: AbortSignal,
): Promise<boolean> {
  const { data } = await session.call(signal, (users, options) =>
    users.messages.list({ userId: 'me', maxResults: PROBES + 1 }, options),
  );
  const others = (data.messages ?? []).flatMap((one) => (one.id && one.id !== id ? [one.id] : []));
  for (const other of others.slice(0, PROBES)) {
    try {
      if ((await fetchMessage(session, other, MAX_BYTES, signal)) !== undefined) return true;
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
    }
  }
  return false;
}
