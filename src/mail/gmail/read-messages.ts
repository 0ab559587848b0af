import { ServiceError } from '../../domain/service-error.ts';
import type { MailboxItem, PageRequest } from '../mailbox.ts';
import type { GmailOptions, GmailSession } from './create-gmail-session.ts';
import { type FetchedMessage, fetchMessage } from './fetch-message.ts';
import { fetchStubborn, isOfMessage } from './fetch-stubborn.ts';
import { findSkipReason } from './find-skip-reason.ts';

/** Requests at a time; Gmail counts concurrent ones for each user. */
export const AT_ONCE = 5;

export interface ReadMessages {
  readonly items: readonly MailboxItem[];
  /** Ids that are gone, or bear none of the labels any more. */
  readonly left: readonly string[];
  /** Ids that are still to be read. */
  readonly rest: readonly string[];
}

/** These messages, until the page is full or a request fails; what is no inbound mail is passed over. */
export async function readMessages(
  session: GmailSession,
  ids: readonly string[],
  chosen: ReadonlySet<string>,
  request: PageRequest,
  options: GmailOptions,
): Promise<ReadMessages> {
  const items: MailboxItem[] = [];
  const left: string[] = [];
  const failed: string[] = [];
  let failure: ServiceError | undefined;
  let next = 0;
  let bytes = 0;
  const isFull = () => items.length >= request.maxItems || bytes >= request.maxBytes;
  while (next < ids.length && !isFull() && failure === undefined) {
    const wave = ids.slice(next, next + Math.min(AT_ONCE, request.maxItems - items.length));
    const answers = await Promise.allSettled(
      wave.map((id) => fetchMessage(session, id, request.maxMessageBytes, request.signal)),
    );
    request.signal.throwIfAborted();
    next += wave.length;
    for (const [at, answer] of answers.entries()) {
      const id = wave[at] as string;
      if (answer.status === 'fulfilled') take(id, answer.value);
      else if (!(answer.reason instanceof ServiceError)) throw answer.reason;
      else {
        failed.push(id);
        failure = answer.reason;
      }
    }
    request.onProgress(items.length);
  }
  // Those that failed go last: the others get their turn first.
  const rest = [...ids.slice(next), ...failed];
  const [stubborn] = failed;
  if (failure === undefined || stubborn === undefined || failed.length < next) return { items, left, rest };
  if (!isOfMessage(failure)) throw failure;
  take(stubborn, await fetchStubborn(session, stubborn, request, options));
  return { items, left, rest: rest.filter((id) => id !== stubborn) };

  function take(id: string, message: FetchedMessage | undefined): void {
    // It left between the list and now.
    if (message === undefined) return void left.push(id);
    const { item, labelIds } = message;
    if (item.fault?.type !== 'Unavailable' && !labelIds.some((label) => chosen.has(label)))
      return void left.push(id);
    if (findSkipReason(labelIds, chosen) !== undefined) return;
    items.push(item);
    bytes += item.raw?.byteLength ?? 0;
  }
}
