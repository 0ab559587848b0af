import type { FakeDelta } from './fake-delta.ts';
import type { FakeFaults, FaultPlan } from './fake-faults.ts';
import {
  type Delivery,
  deliverMessage,
  ensureFolder,
  type FakeMailbox,
  type FakeMessage,
  findMessage,
  moveMessage,
  removeMessage,
  touchMessage,
} from './fake-mailbox.ts';
import type { FakeSubscriptions, LifecycleEvent } from './fake-subscriptions.ts';

export interface FakeCounters {
  /** Requests by `METHOD kind`: `GET delta`, `POST batch`, `GET value` … */
  readonly requests: Record<string, number>;
  /** Bodies that were sent, by themselves or in a batch: a message that is read twice counts twice. */
  bodies: number;
  /** The most requests of one mailbox at one time. */
  busiest: number;
  /** The most parts that a batch had. */
  largestBatch: number;
}

export interface ControlledParts {
  readonly delta: FakeDelta;
  readonly faults: FakeFaults;
  readonly subscriptions: FakeSubscriptions;
  readonly tokens: Set<string>;
  readonly counters: FakeCounters;
  getMailbox(user: string): FakeMailbox;
}

export type FakeControls = ReturnType<typeof createFakeControls>;

/** What a test does to mailboxes and server; every argument and answer is JSON, with `raw` as base64 or bytes. */
export function createFakeControls(parts: ControlledParts) {
  const { delta, faults, subscriptions, tokens, counters, getMailbox } = parts;
  const getMessage = (user: string, id: string): FakeMessage => {
    const message = findMessage(getMailbox(user), id);
    if (message === undefined) throw new Error(`There is no message ${id}`);
    return message;
  };

  return {
    addMailbox: (user: string) => void getMailbox(user),
    /** Answers the immutable id. Folders of a path that are missing are made. */
    deliver(user: string, folder: string, raw: string | Buffer, delivery: Delivery = {}): string {
      const mailbox = getMailbox(user);
      const bytes = typeof raw === 'string' ? Buffer.from(raw, 'base64') : raw;
      const receivedAt = delivery.receivedAt && new Date(delivery.receivedAt);
      const message = deliverMessage(mailbox, folder, bytes, { ...delivery, receivedAt });
      subscriptions.notifyCreated(mailbox, ensureFolder(mailbox, folder), message);
      return message.immutableId;
    },
    remove(user: string, id: string): void {
      removeMessage(getMailbox(user), getMessage(user, id));
    },
    move(user: string, id: string, folder: string): void {
      const mailbox = getMailbox(user);
      const target = ensureFolder(mailbox, folder);
      const message = getMessage(user, id);
      moveMessage(mailbox, message, target);
      subscriptions.notifyCreated(mailbox, target, message);
    },
    /** Someone opened it in Outlook. */
    read(user: string, id: string): void {
      const message = getMessage(user, id);
      message.isRead = true;
      touchMessage(getMailbox(user), message);
    },
    renameFolder(user: string, folder: string, displayName: string): void {
      ensureFolder(getMailbox(user), folder).displayName = displayName;
    },
    removeFolder(user: string, folder: string): void {
      const mailbox = getMailbox(user);
      const { id } = ensureFolder(mailbox, folder);
      mailbox.folders.delete(id);
      for (const message of mailbox.messages.values()) {
        if (message.folderId === id) mailbox.messages.delete(message.immutableId);
      }
    },
    /** Every immutable id that a folder holds. */
    ids(user: string, folder: string): readonly string[] {
      const mailbox = getMailbox(user);
      const { id } = ensureFolder(mailbox, folder);
      return [...mailbox.messages.values()]
        .filter((message) => message.folderId === id)
        .map(({ immutableId }) => immutableId);
    },
    describe(user: string, id: string) {
      const { isRead, categories, folderId, restId } = getMessage(user, id);
      const { displayName } = getMailbox(user).folders.get(folderId) ?? {};
      return { isRead, categories, folder: displayName, restId };
    },
    expireDelta: () => delta.expire(),
    faults: (plan: FaultPlan) => faults.plan(plan),
    /** The tokens that are taken from now on. */
    acceptTokens(...accepted: readonly string[]): void {
      tokens.clear();
      for (const token of accepted) tokens.add(token);
    },
    limitSubscriptions: (minutes: number) => subscriptions.limit(minutes),
    sendLifecycle: (event: LifecycleEvent) => subscriptions.sendLifecycle(event),
    subscriptions: () => [...subscriptions.all.values()],
    settle: () => subscriptions.settle(),
    counters: () => ({
      ...counters,
      faults: faults.counts(),
      expiredLinks: delta.refused(),
      calls: [...subscriptions.calls],
    }),
  };
}
