import { ServiceError } from '../../domain/service-error.ts';
import { toWatchId } from '../../domain/to-watch-id.ts';
import type { PushSubscription } from '../mailbox.ts';
import type { GmailSession } from './create-gmail-session.ts';
import type { LabelBook } from './create-label-book.ts';

/** The refusal of a watch while there is one on another topic: of before, or of another installation. */
const OTHER_TOPIC = /only one user push notification client/i;
const OTHER_FIX =
  'Another installation or app watches this mailbox on a topic of its own; end that watch, or use its topic. The mailbox is pulled by schedule.';

/**
 * Has Gmail publish changes of the chosen labels to the topic. There is one watch for a mailbox: asking again
 * renews it, and on another topic takes the place of `current`, of no other. It ends after seven days; Google advises
 * to renew it daily.
 * Source: https://developers.google.com/workspace/gmail/api/guides/push
 */
export async function watchLabels(
  session: GmailSession,
  book: LabelBook,
  topicName: string,
  current: PushSubscription | undefined,
  signal: AbortSignal,
): Promise<PushSubscription> {
  const { labels } = await book.getChosen(signal);
  const requestBody = { topicName, labelIds: labels.map(({ id }) => id), labelFilterBehavior: 'include' };
  const watch = () =>
    session.call(signal, (users, options) => users.watch({ userId: 'me', requestBody }, options));
  const { data } = await watch().catch(async (error: unknown) => {
    if (!(error instanceof ServiceError) || !OTHER_TOPIC.test(error.message)) throw error;
    // Ended by itself it is not ours that is in the way.
    if (current === undefined || current.expiresAt.getTime() <= Date.now()) {
      throw new ServiceError(error.type, error.message, {
        fix: OTHER_FIX,
        details: error.details,
        cause: error,
      });
    }
    await stopWatch(session, signal);
    return watch();
  });
  const expiresAt = new Date(Number(data.expiration ?? Number.NaN));
  if (Number.isNaN(expiresAt.getTime())) {
    throw new ServiceError('Unavailable', 'Gmail did not say until when it will notify.');
  }
  const { data: profile } = await session.call(signal, (users, options) =>
    users.getProfile({ userId: 'me' }, options),
  );
  if (!profile.emailAddress) {
    throw new ServiceError('Unavailable', 'Gmail did not say which mailbox this is.');
  }
  return { id: toWatchId(profile.emailAddress), expiresAt };
}

/** A watch that is not there is fine. */
export async function stopWatch(session: GmailSession, signal: AbortSignal): Promise<void> {
  await session.call(signal, (users, options) => users.stop({ userId: 'me' }, options));
}
