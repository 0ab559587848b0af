/** One message as a mailbox hands it over, before anything is read. */
export interface MailboxItem {
  /** The provider's identity within the account: `INBOX;1699999999;42`, `sha256:<hex>`. At most 300 characters. */
  readonly providerKey: string;
  /** The RFC 5322 bytes; undefined when they could not or must not be fetched (see `fault`). */
  readonly raw: Uint8Array | undefined;
  readonly size: number;
  readonly receivedAt: Date | undefined;
  /** For a person: a file name, or folder and UID. */
  readonly label: string;
  /** Why the item goes to quarantine instead of being read. `Unavailable` may pass: audits ask for it again. */
  readonly fault:
    | { readonly type: 'InvalidInput' | 'NotFound' | 'Unavailable'; readonly reason: string }
    | undefined;
}

export interface MailboxPage {
  readonly items: readonly MailboxItem[];
  /** Opaque; committed together with the items of this page, given back for the next one. Forward only. */
  readonly cursor: string;
  /** Nothing more for now. */
  readonly done: boolean;
  /** How many items the origin holds in all, when it is cheap to know. */
  readonly total: number | undefined;
  /** Keys of what left the mailbox since the cursor, where the provider tells: deleted there, or moved away. */
  readonly gone?: readonly string[];
  /** Keys of what is not there and that the provider is about to deal to other mail: from this cursor on they are free. */
  readonly givenUp?: readonly string[];
  /** The provider asked to be left alone for so long before the next page. */
  readonly waitMs?: number;
}

export interface PageRequest {
  /** The committed cursor; undefined at first sight. */
  readonly cursor: string | undefined;
  readonly maxItems: number;
  /** A page ends early once it holds this many bytes. */
  readonly maxBytes: number;
  /** A larger message is not loaded: it becomes an item with a fault. */
  readonly maxMessageBytes: number;
  readonly signal: AbortSignal;
  /** Called as items arrive, for heartbeats. */
  readonly onProgress: (itemsSoFar: number) => void;
  /** At first sight of a folder, and when the cursor expired, what came before is left alone; undefined: nothing is. */
  readonly since?: Date | undefined;
  /** Which of these the intake has already. Their bodies need not be fetched, and they may be left out of the page. */
  readonly findKnown?: (providerKeys: readonly string[]) => Promise<ReadonlySet<string>>;
}

/** The port of every origin: read pages forward, close. Throws `ServiceError`. */
export interface Mailbox {
  readPage(request: PageRequest): Promise<MailboxPage>;
  close(): Promise<void>;
}

/** One message as the mailbox lists it, without its body. */
export interface MailboxEntry {
  readonly providerKey: string;
  readonly receivedAt: Date | undefined;
  /**
   * In bytes, as the mailbox tells; 0: it does not. Absent: no key is ever dealt to another message. Where one may be, a
   * message is known by its key, date and size together.
   */
  readonly size?: number;
  /** For a person: a file name, or folder and UID. */
  readonly label: string;
  /** The cursor is past it: it has to be among our rows. */
  readonly passed: boolean;
  /** Why it is left alone on purpose; undefined: it is to be read. */
  readonly skipped: string | undefined;
}

export interface ListRequest {
  /** The committed cursor. */
  readonly cursor: string | undefined;
  /** As in `PageRequest`. */
  readonly since: Date | undefined;
  readonly signal: AbortSignal;
  readonly onProgress: (entriesSoFar: number) => void;
  /** Called with each folder, as the settings name it, that was listed to its end. */
  readonly onListed?: (folder: string) => void;
}

export interface ItemsRequest {
  /** Reading ends once so many bytes are held. */
  readonly maxBytes: number;
  readonly maxMessageBytes: number;
  readonly signal: AbortSignal;
  readonly onProgress: (itemsSoFar: number) => void;
}

/** What is in neither list did not fit, or could not be had just now: it may be asked for again. */
export interface MailboxItems {
  readonly items: readonly MailboxItem[];
  /** Keys of what the mailbox does not hold. */
  readonly gone: readonly string[];
}

/** What is done to a message in its mailbox once it was handled. */
export interface MailboxMark {
  readonly seen: boolean;
  /** Keyword, category or label to add. */
  readonly label: string | undefined;
  /** Folder to move it to. */
  readonly folder: string | undefined;
}

export interface WatchRequest {
  /** Aborted when the watch is to end. */
  readonly signal: AbortSignal;
  /** Something may have come. May be called often; the caller collapses. */
  readonly onArrival: () => void;
}

/** Where a provider is to send its notifications, and how we know that they are its own. */
export interface PushRequest {
  /** Public https URL of the API, without a trailing slash. */
  readonly publicUrl: string;
  /** Secret that comes back with each notification; at most 128 characters. */
  readonly clientState: string;
  /** Which of these ids of subscriptions are those of another account of ours. */
  readonly findOthers: (ids: readonly string[]) => Promise<ReadonlySet<string>>;
  readonly signal: AbortSignal;
}

export interface PushSubscription {
  /** The provider's id, or ids joined by commas; it is renewed or replaced under them. */
  readonly id: string;
  readonly expiresAt: Date;
}

/** What a test of the account found, a line each: `INBOX: 120 messages`. */
export type MailboxProbe = readonly string[];

/** A mailbox that is pulled again and again. */
export interface LiveMailbox extends Mailbox {
  /**
   * All that it holds now in what the account reads, page by page: for the ledger. Throws NotFound or PermissionDenied
   * only behind the last page: a part could not be listed.
   */
  list(request: ListRequest): AsyncIterable<readonly MailboxEntry[]>;
  /** These messages, in any order. Throws when none could be had and it is not the messages that are at fault. */
  readItems(providerKeys: readonly string[], request: ItemsRequest): Promise<MailboxItems>;
  /** False when the message is gone. Doing it twice is doing it once. */
  mark(providerKey: string, mark: MailboxMark, signal: AbortSignal): Promise<boolean>;
  /** Looks at every folder once, reads nothing. Throws what a pull from the committed cursor on would throw. */
  probe(signal: AbortSignal, cursor?: string): Promise<MailboxProbe>;
  /** Resolves when `signal` aborts; rejects when the connection is lost. Absent: nothing to wait on. */
  readonly watch?: (request: WatchRequest) => Promise<void>;
  /** Renews the subscription that is there, or makes a new one. Absent: the provider does not call. */
  readonly subscribe?: (
    current: PushSubscription | undefined,
    request: PushRequest,
  ) => Promise<PushSubscription>;
  /** One that is gone already is fine. */
  readonly unsubscribe?: (current: PushSubscription, signal: AbortSignal) => Promise<void>;
}
