import type { Subscription } from '@microsoft/microsoft-graph-types';
import { ServiceError } from '../../domain/service-error.ts';
import type { PushRequest, PushSubscription } from '../mailbox.ts';
import type { GraphSession } from './create-session.ts';
import { endLeftovers } from './end-leftovers.ts';
import { findFolder } from './find-folder.ts';
import { isSameResource, toResource } from './subscription-resource.ts';
import { toMailboxPath } from './to-mailbox-path.ts';
import { isItemGone } from './to-service-error.ts';
import { unsubscribe } from './unsubscribe.ts';

/** The most for messages (learn.microsoft.com/graph/api/resources/subscription); it was less, and may be so in a cloud. */
const MOST_MINUTES = 10_080;
const VALIDATION_FIX =
  'Check that MAILROOM_PUBLIC_URL leads to this API from the internet, by https with a certificate of a known authority.';
const TWIN_FIX =
  'Another account or installation with the same app is notified of this folder; push works for one of them. It is pulled by schedule.';

/**
 * One subscription for each folder, renewed where it is there. When one is missing, or folders were added or taken
 * away, all are made anew. Throws Rejected or InvalidInput when Graph did not reach `publicUrl`.
 */
export async function subscribe(
  session: GraphSession,
  current: PushSubscription | undefined,
  request: PushRequest,
): Promise<PushSubscription> {
  const { folders } = session.settings;
  const { signal } = request;
  const found = new Set<string>();
  for (const name of folders) {
    const { id } = await findFolder(session, name, signal);
    found.add(toResource(toMailboxPath(session.settings, 'mailFolders', id, 'messages')));
  }
  // One folder may go by two names.
  const resources = [...found];
  const renewed = current && (await renewAll(session, current.id.split(','), resources, request));
  if (renewed !== undefined) return renewed;
  if (current !== undefined) await unsubscribe(session, current, signal);
  const made: PushSubscription[] = [];
  try {
    for (const resource of resources) made.push(await createOnly(session, resource, request));
  } catch (error) {
    // A half that nobody knows of would call for a week.
    if (made.length > 0) await unsubscribe(session, join(made), request.signal).catch(() => undefined);
    throw error;
  }
  return join(made);
}

/** Undefined when one of them is gone, is for another folder, or calls another address. */
async function renewAll(
  session: GraphSession,
  ids: readonly string[],
  resources: readonly string[],
  { publicUrl, signal }: PushRequest,
): Promise<PushSubscription | undefined> {
  if (ids.length !== resources.length) return undefined;
  const renewed: PushSubscription[] = [];
  for (const [index, id] of ids.entries()) {
    try {
      const path = `/subscriptions/${encodeURIComponent(id)}`;
      const answer: Subscription = await sendWithExpiry((expirationDateTime) =>
        session.sendJson({ method: 'PATCH', path, body: { expirationDateTime }, signal }),
      );
      const isSame = isSameResource(answer.resource ?? resources[index], resources[index]);
      if (!isSame || (answer.notificationUrl ?? toUrl(publicUrl)) !== toUrl(publicUrl)) return undefined;
      renewed.push(toPush(answer));
    } catch (error) {
      if (isItemGone(error)) return undefined;
      throw error;
    }
  }
  return join(renewed);
}

/** In place of one that is there and on no record of ours: Graph has one for a resource, and refuses a second. */
async function createOnly(
  session: GraphSession,
  resource: string,
  request: PushRequest,
): Promise<PushSubscription> {
  try {
    return await create(session, resource, request);
  } catch (error) {
    if (!(error instanceof ServiceError) || error.details.status !== 409) throw error;
    const ended = await endLeftovers(session, resource, toUrl(request.publicUrl), request);
    if (ended > 0) return create(session, resource, request);
    throw new ServiceError(error.type, error.message, {
      fix: TWIN_FIX,
      details: error.details,
      cause: error,
    });
  }
}

async function create(
  session: GraphSession,
  resource: string,
  request: PushRequest,
): Promise<PushSubscription> {
  const body = {
    changeType: 'created',
    resource,
    notificationUrl: toUrl(request.publicUrl),
    // It cannot be added later.
    lifecycleNotificationUrl: `${toUrl(request.publicUrl)}/lifecycle`,
    latestSupportedTlsVersion: 'v1_2',
    clientState: request.clientState,
  } satisfies Subscription;
  try {
    const { signal } = request;
    const answer = await sendWithExpiry((expirationDateTime) =>
      session.sendJson({
        method: 'POST',
        path: '/subscriptions',
        body: { ...body, expirationDateTime },
        signal,
      }),
    );
    return toPush(answer);
  } catch (error) {
    if (!(error instanceof ServiceError) || !/validation/i.test(error.message)) throw error;
    throw new ServiceError('InvalidInput', error.message, {
      fix: VALIDATION_FIX,
      details: error.details,
      cause: error,
    });
  }
}

function toUrl(publicUrl: string): string {
  return `${publicUrl}/webhooks/graph`;
}

/** For as long as Graph takes: where that is less than we know of, its refusal names the minutes. */
async function sendWithExpiry<T>(send: (expirationDateTime: string) => Promise<T>): Promise<T> {
  try {
    return await send(toExpiry(MOST_MINUTES));
  } catch (error) {
    const refused =
      error instanceof ServiceError ? /only be (\d{2,5}) minutes in the future/.exec(error.message) : null;
    const minutes = Number(refused?.[1] ?? MOST_MINUTES);
    if (minutes >= MOST_MINUTES) throw error;
    return send(toExpiry(minutes));
  }
}

/** A minute less, as clocks differ. */
function toExpiry(minutes: number): string {
  return new Date(Date.now() + (minutes - 1) * 60_000).toISOString();
}

function toPush({ id, expirationDateTime }: Subscription): PushSubscription {
  const expiresAt = new Date(expirationDateTime ?? Number.NaN);
  if (typeof id !== 'string' || id === '' || id.includes(',') || Number.isNaN(expiresAt.getTime())) {
    throw new ServiceError('Unavailable', 'Graph made a subscription without saying its id and its end.');
  }
  return { id, expiresAt };
}

function join(all: readonly PushSubscription[]): PushSubscription {
  const first = Math.min(...all.map(({ expiresAt }) => expiresAt.getTime()));
  return { id: all.map(({ id }) => id).join(','), expiresAt: new Date(first) };
}
