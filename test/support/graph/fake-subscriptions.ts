import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type FakeAnswer, refuse } from './fake-answer.ts';
import type { FakeFaults } from './fake-faults.ts';
import type { FakeFolder, FakeMailbox, FakeMessage } from './fake-mailbox.ts';
import { toEtag } from './to-message-json.ts';

export type LifecycleEvent = 'reauthorizationRequired' | 'subscriptionRemoved' | 'missed';

export interface FakeSubscription {
  readonly id: string;
  readonly resource: string;
  readonly changeType: string;
  readonly notificationUrl: string;
  readonly lifecycleNotificationUrl: string | undefined;
  readonly latestSupportedTlsVersion: string | undefined;
  readonly clientState: string | undefined;
  expirationDateTime: string;
  /** It was made with the header that asks for immutable ids. */
  readonly immutable: boolean;
}

const CALL_MS = 3_000;

export type FakeSubscriptions = ReturnType<typeof createFakeSubscriptions>;

/** Subscriptions to folders of messages, and the calls that they cause (learn.microsoft.com/graph/webhooks). */
export function createFakeSubscriptions(faults: FakeFaults) {
  const all = new Map<string, FakeSubscription>();
  /** Status of each call that was made to a subscriber; 0: it did not answer in time. */
  const calls: number[] = [];
  const running = new Set<Promise<void>>();
  let mostMinutes = 10_080;

  const post = (url: string, value: readonly object[]) => {
    const call = callSubscriber(url, { value }).then((status) => void calls.push(status));
    running.add(call);
    void call.finally(() => running.delete(call));
  };

  return {
    all,
    calls,
    /** The longest life of a subscription from now on. */
    limit(minutes: number): void {
      mostMinutes = minutes;
    },
    /** When every call that was begun has ended. */
    async settle(): Promise<void> {
      while (running.size > 0) await Promise.all(running);
    },

    async create(body: Record<string, unknown>, immutable: boolean): Promise<FakeAnswer> {
      const { notificationUrl, lifecycleNotificationUrl, expirationDateTime, resource } = body;
      if (typeof notificationUrl !== 'string' || typeof resource !== 'string') {
        return refuse(400, 'InvalidRequest', 'notificationUrl and resource are required.');
      }
      const late = findLate(expirationDateTime, mostMinutes);
      if (late) return late;
      for (const url of [notificationUrl, lifecycleNotificationUrl]) {
        if (typeof url === 'string' && !(await validate(url))) {
          return refuse(400, 'ValidationError', 'Subscription validation request failed.');
        }
      }
      // learn.microsoft.com/graph/api/subscription-post-subscriptions: one for the same resource and changes.
      const twin = [...all.values()].find(
        (one) => one.resource === resource && one.changeType === body.changeType,
      );
      if (twin !== undefined) {
        const message = `Subscription Id ${twin.id} already exists for the requested combination`;
        return refuse(409, 'Conflict', message);
      }
      const text = (key: string) => (typeof body[key] === 'string' ? body[key] : undefined);
      const subscription: FakeSubscription = {
        id: randomUUID(),
        resource,
        changeType: String(body.changeType),
        notificationUrl,
        lifecycleNotificationUrl: text('lifecycleNotificationUrl'),
        latestSupportedTlsVersion: text('latestSupportedTlsVersion'),
        clientState: text('clientState'),
        expirationDateTime: String(expirationDateTime),
        immutable,
      };
      all.set(subscription.id, subscription);
      return { status: 201, json: toJson(subscription) };
    },

    /** Two at a time, so that links are followed. */
    list(after: number, origin: string): FakeAnswer {
      const page = [...all.values()].slice(after, after + 2);
      const link = `${origin}/v1.0/subscriptions?$skiptoken=${after + 2}`;
      const more = all.size > after + 2 ? { '@odata.nextLink': link } : {};
      return { status: 200, json: { value: page.map(toJson), ...more } };
    },

    renew(id: string, body: Record<string, unknown>): FakeAnswer {
      const found = all.get(id);
      if (!found) return refuse(404, 'ResourceNotFound', 'The object was not found.');
      const late = findLate(body.expirationDateTime, mostMinutes);
      if (late) return late;
      found.expirationDateTime = String(body.expirationDateTime);
      // As it was understood, which is not always as it was written.
      const resource = found.resource.replace(/^\//, '').replace('users', 'Users');
      return { status: 200, json: { ...toJson(found), resource } };
    },

    remove(id: string): FakeAnswer {
      if (all.delete(id)) return { status: 204 };
      return refuse(404, 'ResourceNotFound', 'The object was not found.');
    },

    /** A message came into a folder. */
    notifyCreated(mailbox: FakeMailbox, folder: FakeFolder, message: FakeMessage): void {
      for (const subscription of all.values()) {
        const parts = subscription.resource.split('/').map(decodeURIComponent);
        const isOfMailbox = parts.includes('me') || parts.includes(mailbox.user);
        const isOfFolder = parts.includes(folder.id) || parts.includes(folder.wellKnown ?? folder.id);
        if (!isOfMailbox || !isOfFolder || !subscription.changeType.includes('created')) continue;
        if (Date.parse(subscription.expirationDateTime) < Date.now()) continue;
        const id = subscription.immutable ? message.immutableId : message.restId;
        const resource = `Users/${mailbox.user}/Messages/${id}`;
        const notification = {
          ...toHead(subscription),
          changeType: 'created',
          resource,
          resourceData: {
            '@odata.type': '#Microsoft.Graph.Message',
            '@odata.id': resource,
            '@odata.etag': toEtag(message),
            id,
          },
        };
        for (let left = faults.copies(); left > 0; left--) post(subscription.notificationUrl, [notification]);
      }
    },

    /** Of every subscription that asked for them; `subscriptionRemoved` removes it. */
    sendLifecycle(event: LifecycleEvent): void {
      for (const subscription of [...all.values()]) {
        if (event === 'subscriptionRemoved') all.delete(subscription.id);
        const { lifecycleNotificationUrl: url } = subscription;
        if (url !== undefined) post(url, [{ ...toHead(subscription), lifecycleEvent: event }]);
      }
    },
  };
}

function toHead({ id, clientState, expirationDateTime }: FakeSubscription) {
  return {
    subscriptionId: id,
    clientState,
    subscriptionExpirationDateTime: expirationDateTime,
    tenantId: '84bd8158-6d4d-4958-8b9f-9d6445542f95',
  };
}

function toJson({ immutable: _immutable, ...subscription }: FakeSubscription): object {
  // The secret is not told again.
  return { ...subscription, clientState: null };
}

function findLate(expiration: unknown, minutes: number): FakeAnswer | undefined {
  const at = typeof expiration === 'string' ? Date.parse(expiration) : Number.NaN;
  if (at > Date.now() && at <= Date.now() + minutes * 60_000) return undefined;
  return refuse(
    400,
    'ExtensionError',
    `Subscription expiration can only be ${minutes} minutes in the future.`,
  );
}

async function validate(url: string): Promise<boolean> {
  const token = `Validation: Testing client application reachability for ${randomUUID()} + <1>`;
  try {
    const response = await fetch(`${url}?validationToken=${encodeURIComponent(token)}`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain; charset=utf-8' },
      signal: AbortSignal.timeout(10_000),
    });
    const isPlain = response.headers.get('content-type')?.startsWith('text/plain') === true;
    return response.status === 200 && isPlain && (await response.text()) === token;
  } catch {
    return false;
  }
}

/** Answers that are no 2xx are tried again, as Graph does for hours. */
async function callSubscriber(url: string, body: object): Promise<number> {
  let status = 0;
  for (const waitMs of [0, 100, 400]) {
    await sleep(waitMs);
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json; charset=utf-8' },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(CALL_MS),
      });
      await response.arrayBuffer();
      status = response.status;
      if (response.ok) break;
    } catch {
      status = 0;
    }
  }
  return status;
}
