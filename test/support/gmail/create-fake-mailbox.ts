/** One message of the fake. */
export interface FakeMessage {
  readonly id: string;
  readonly raw: Buffer;
  readonly labels: Set<string>;
  /** Milliseconds since 1970. */
  readonly internalDate: number;
  historyId: bigint;
}

export type ChangeKind = 'messagesAdded' | 'messagesDeleted' | 'labelsAdded' | 'labelsRemoved';

export interface FakeChange {
  readonly id: bigint;
  readonly kind: ChangeKind;
  readonly messageId: string;
  /** Of the message after the change. */
  readonly bears: readonly string[];
  /** The labels that were added or removed. */
  readonly labels: readonly string[];
}

const SYSTEM = ['INBOX', 'SENT', 'DRAFT', 'CHAT', 'SPAM', 'TRASH', 'UNREAD', 'STARRED', 'IMPORTANT'];

export type FakeMailbox = ReturnType<typeof createFakeMailbox>;

/** What Gmail keeps of one mailbox: messages, labels, and the history with ids that grow in gaps. */
export function createFakeMailbox(address: string, onChange: (labels: ReadonlySet<string>) => void) {
  const messages = new Map<string, FakeMessage>();
  const labels = new Map(SYSTEM.map((id) => [id, { id, name: id, type: 'system' }]));
  const changes: FakeChange[] = [];
  let at = 1_000n;
  let floor = 0n;
  let made = 0;

  /** Ids are not counts: each step leaves out some. */
  const step = (): bigint => {
    at += 1n + BigInt((made++ * 7) % 23);
    return at;
  };
  const record = (kind: ChangeKind, message: FakeMessage, changed: readonly string[]) => {
    message.historyId = step();
    const bears = [...message.labels];
    changes.push({ id: message.historyId, kind, messageId: message.id, bears, labels: changed });
    onChange(new Set([...bears, ...changed]));
  };
  const get = (id: string): FakeMessage => {
    const message = messages.get(id);
    if (message === undefined) throw new Error(`The fake holds no message ${id}`);
    return message;
  };

  return {
    address,
    /** Other addresses of "Send mail as" (users.settings.sendAs). */
    sendAs: [] as { readonly sendAsEmail: string; readonly verificationStatus?: 'accepted' | 'pending' }[],
    messages,
    labels,
    /** The most ids of a list, whatever is asked for: Gmail may give fewer. */
    mostListed: 500,
    /** So many pages of history come without a record and with a token of the next. */
    emptyHistoryPages: 0,
    /** How often history was asked for from before what is still known. */
    historyRefusals: 0,
    historyId: () => at,
    /** The oldest id that history may be asked from. */
    floor: () => floor,
    changesAfter: (id: bigint) => changes.filter((change) => change.id > id),

    deliver(
      raw: string | Uint8Array,
      into: readonly string[] = ['INBOX', 'UNREAD'],
      receivedAt = Date.now(),
    ) {
      const id = `18${(made++ + 0x1000).toString(16).padStart(6, '0')}${messages.size.toString(16).padStart(8, '0')}`;
      const message = {
        id,
        raw: Buffer.from(raw as string),
        labels: new Set(into),
        internalDate: receivedAt,
        historyId: at,
      };
      messages.set(id, message);
      record('messagesAdded', message, []);
      return id;
    },
    remove(id: string) {
      const message = get(id);
      messages.delete(id);
      record('messagesDeleted', message, []);
    },
    relabel(id: string, add: readonly string[], take: readonly string[] = []) {
      const message = get(id);
      const added = add.filter((label) => !message.labels.has(label));
      const taken = take.filter((label) => message.labels.has(label));
      for (const label of added) message.labels.add(label);
      for (const label of taken) message.labels.delete(label);
      if (added.length > 0) record('labelsAdded', message, added);
      if (taken.length > 0) record('labelsRemoved', message, taken);
    },
    addLabel(name: string): string {
      const id = `Label_${labels.size}`;
      labels.set(id, { id, name, type: 'user' });
      return id;
    },
    /** All history so far is forgotten: asked from before now, Gmail answers 404. */
    expireHistory() {
      floor = step();
      changes.length = 0;
    },
  };
}
