import type { ImapFlow } from 'imapflow';
import { ServiceError } from '../../domain/service-error.ts';
import { nameSome } from './name-some.ts';

/** In milliseconds, as a whole: a server that goes on talking is never silent, and holds up all who wait behind. */
export interface LongestTimes {
  readonly login: number;
  readonly command: number;
}

/**
 * imapflow waits for half a minute at every throttled command of a login, and goes on. No attempt of
 * reading a page waits for longer than 10 minutes.
 */
export const LONGEST_MS: LongestTimes = { login: 5 * 60_000, command: 15 * 60_000 };

const FIX =
  'It is tried again. If it goes on, ask who runs the server what holds it up, or leave the folder out of the account.';

/** What ended a connection. */
const ends = new WeakMap<ImapFlow, unknown>();
export const findEnd = (client: ImapFlow): unknown => (client.usable ? undefined : ends.get(client));
/** The first reason counts: others follow from it. */
export const noteEnd = (client: ImapFlow, reason: unknown): void => {
  if (!ends.has(client)) ends.set(client, reason);
};

/** Closes the connection once the work takes longer than it may: then it fails with Unavailable. */
export async function cutWhenLate<R>(
  client: ImapFlow,
  work: Promise<R>,
  { host, what, ms }: { readonly host: string; readonly what: string; readonly ms: number },
): Promise<R> {
  let late: ServiceError | undefined;
  const timer = setTimeout(() => {
    late = new ServiceError(
      'Unavailable',
      `${host} did not come to the end of ${what} in ${ms / 1000} seconds${toPlace(client)}.`,
      { fix: FIX },
    );
    noteEnd(client, late);
    client.close();
  }, ms);
  timer.unref();
  try {
    return await work;
  } catch (error) {
    throw late ?? error;
  } finally {
    clearTimeout(timer);
  }
}

/** The command under way, by its name alone: what follows it may be a secret. */
function toPlace(client: ImapFlow): string {
  const { currentRequest } = client as unknown as { readonly currentRequest?: false | { command?: string } };
  const command = currentRequest ? currentRequest.command : undefined;
  const folder = client.mailbox === false ? undefined : client.mailbox.path;
  const place = [
    ...(command === undefined ? [] : [command]),
    ...(folder === undefined ? [] : [`open folder "${nameSome([folder], 1)}"`]),
  ];
  return place.length === 0 ? '' : ` (${place.join(', ')})`;
}
