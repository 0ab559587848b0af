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
  /** Why the item goes to quarantine instead of being read. */
  readonly fault: { readonly type: 'InvalidInput' | 'NotFound'; readonly reason: string } | undefined;
}

export interface MailboxPage {
  readonly items: readonly MailboxItem[];
  /** Opaque; committed together with the items of this page, given back for the next one. Forward only. */
  readonly cursor: string;
  /** Nothing more for now. */
  readonly done: boolean;
  /** How many items the origin holds in all, when it is cheap to know. */
  readonly total: number | undefined;
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
}

/** The port of every provider: read pages forward, close. Throws `ServiceError`. */
export interface Mailbox {
  readPage(request: PageRequest): Promise<MailboxPage>;
  close(): Promise<void>;
}
