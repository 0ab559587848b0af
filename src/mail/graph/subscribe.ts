import type { Subscription } from '@microsoft/microsoft-graph-types';
import { ServiceError } from '../../domain/service-error.ts';
import type { PushRequest, PushSubscription } from '../mailbox.ts';
import type { GraphSession } from './create-session.ts';
import { findFolder } from './find-folder.ts';
import { toMailboxPath } from './to-mailbox-path.ts';
import { isItemGone } from './to-service-error.ts';
import { unsubscribe } from './unsubscribe.ts';

/** The most for messages (learn.microsoft.com/graph/api/resources/subscription): a minute less, as clocks differ. */
const LIFETIME_MS = (10_080 - 1) * 60_000;
const VALIDATION_FIX =
  'Check that MAILROOM_PUBLIC_URL leads to this API from the internet, by https with a certificate of a known authority.';

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
  const resources: string[] = [];
  for (const name of folders) {
    const { id } = await findFolder(session, name, signal);
    resources.push(toMailboxPath(session.settings, 'mailFolders', id, 'messages'));
  }
  const renewed = current && (await renewAll(session, current.id.split(','), resources, request));
  if (renewed !== undefined) return renewed;
  if (current !== undefined) await unsubscribe(session, current, signal);
  const made: PushSubscription[] = [];
  try {
    for (const resource of resources) made.push(await create(session, resource, request));
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
      const body = { expirationDateTime: toExpiry() };
      const answer: Subscription = await session.sendJson({ method: 'PATCH', path, body, signal });
      const { resource = resources[index], notificationUrl = toUrl(publicUrl) } = answer;
      if (resource !== resources[index] || notificationUrl !== toUrl(publicUrl)) return undefined;
      renewed.push(toPush(answer));
    } catch (error) {
      if (isItemGone(error)) return undefined;
      throw error;
    }
  }
  return join(renewed);
}

async function create(
  session: GraphSession,
  resource: string,
  request: PushRequest,
): Promise<PushSubscription> {
  const body: Subscription = {
    changeType: 'created',
    resource,
    notificationUrl: toUrl(request.publicUrl),
    // It cannot be added later.
    lifecycleNotificationUrl: `${toUrl(request.publicUrl)}/lifecycle`,
    latestSupportedTlsVersion: 'v1_2',
    clientState: request.clientState,
    expirationDateTime: toExpiry(),
  };
  try {
    const { signal } = request;
    return toPush(await session.sendJson({ method: 'POST', path: '/subscriptions', body, signal }));
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

function toExpiry(): string {
  return new Date(Date.now() + LIFETIME_MS).toISOString();
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
