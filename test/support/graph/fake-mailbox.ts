import { createHash } from 'node:crypto';

export interface FakeMessage {
  /** Stays for as long as the message is in the mailbox. */
  readonly immutableId: string;
  /** Changes whenever the message is moved. */
  restId: string;
  folderId: string;
  readonly raw: Buffer;
  readonly receivedAt: Date;
  isRead: boolean;
  isDraft: boolean;
  categories: string[];
  version: number;
}

export interface FakeFolder {
  readonly id: string;
  displayName: string;
  readonly parentId: string | undefined;
  readonly wellKnown: string | undefined;
  /** Everything that happened in it, in order. */
  readonly log: FolderChange[];
}

export interface FolderChange {
  readonly seq: number;
  readonly kind: 'created' | 'updated' | 'removed';
  readonly immutableId: string;
  readonly restId: string;
}

export interface FakeMailbox {
  readonly user: string;
  readonly folders: Map<string, FakeFolder>;
  readonly messages: Map<string, FakeMessage>;
  /** Number of the last change. */
  seq: number;
  /** Every id that a message bears or bore, to its immutable one. */
  readonly ids: Map<string, string>;
}

export interface Delivery {
  readonly receivedAt?: Date | undefined;
  readonly isDraft?: boolean | undefined;
}

const WELL_KNOWN = {
  inbox: 'Inbox',
  archive: 'Archive',
  drafts: 'Drafts',
  sentitems: 'Sent Items',
  deleteditems: 'Deleted Items',
  junkemail: 'Junk Email',
};

let made = 0;

/** As long as those of Exchange, with their characters. */
function toId(prefix: string, seed: string): string {
  const digest = createHash('sha512').update(seed).digest('base64url');
  return `${prefix}${digest}${digest}`.slice(0, 150).replaceAll('_', '-').concat('=');
}

export function createFakeMailbox(user: string): FakeMailbox {
  const mailbox: FakeMailbox = { user, folders: new Map(), messages: new Map(), seq: 0, ids: new Map() };
  for (const [wellKnown, name] of Object.entries(WELL_KNOWN)) addFolder(mailbox, name, undefined, wellKnown);
  return mailbox;
}

export function addFolder(
  mailbox: FakeMailbox,
  displayName: string,
  parentId?: string,
  wellKnown?: string,
): FakeFolder {
  const id = toId('AQMkAGF', `${mailbox.user}/${displayName}/${++made}`);
  const folder: FakeFolder = { id, displayName, parentId, wellKnown, log: [] };
  mailbox.folders.set(id, folder);
  return folder;
}

/** By well-known name, id, or path of display names; folders of a path that are missing are made. */
export function ensureFolder(mailbox: FakeMailbox, name: string): FakeFolder {
  const direct = findFolder(mailbox, name);
  if (direct) return direct;
  let at: FakeFolder | undefined;
  for (const part of name.split('/')) {
    const below = [...mailbox.folders.values()].find(
      (folder) => folder.parentId === at?.id && folder.displayName.toLowerCase() === part.toLowerCase(),
    );
    at = below ?? addFolder(mailbox, part, at?.id);
  }
  if (at === undefined) throw new Error('A folder has a name');
  return at;
}

export function findFolder(mailbox: FakeMailbox, idOrName: string): FakeFolder | undefined {
  const wellKnown = idOrName.toLowerCase();
  return (
    mailbox.folders.get(idOrName) ??
    [...mailbox.folders.values()].find((folder) => folder.wellKnown === wellKnown)
  );
}

export function deliverMessage(
  mailbox: FakeMailbox,
  folderName: string,
  raw: Buffer,
  delivery: Delivery = {},
): FakeMessage {
  const folder = ensureFolder(mailbox, folderName);
  const seed = `${mailbox.user}/${++made}`;
  const message: FakeMessage = {
    immutableId: toId('AAkALgA', seed),
    restId: toId('AAMkADA', `${seed}/0`),
    folderId: folder.id,
    raw,
    receivedAt: delivery.receivedAt ?? new Date(),
    isRead: false,
    isDraft: delivery.isDraft ?? false,
    categories: [],
    version: 1,
  };
  mailbox.messages.set(message.immutableId, message);
  mailbox.ids.set(message.immutableId, message.immutableId).set(message.restId, message.immutableId);
  record(mailbox, folder, 'created', message);
  return message;
}

/** By either id, as long as it is the current one. */
export function findMessage(mailbox: FakeMailbox, id: string): FakeMessage | undefined {
  const message = mailbox.messages.get(mailbox.ids.get(id) ?? '');
  return message?.immutableId === id || message?.restId === id ? message : undefined;
}

export function removeMessage(mailbox: FakeMailbox, message: FakeMessage): void {
  mailbox.messages.delete(message.immutableId);
  record(mailbox, folderOf(mailbox, message), 'removed', message);
}

export function moveMessage(mailbox: FakeMailbox, message: FakeMessage, folder: FakeFolder): void {
  if (message.folderId === folder.id) return;
  record(mailbox, folderOf(mailbox, message), 'removed', message);
  message.folderId = folder.id;
  message.restId = toId('AAMkADA', `${message.immutableId}/${++made}`);
  mailbox.ids.set(message.restId, message.immutableId);
  record(mailbox, folder, 'created', message);
}

export function touchMessage(mailbox: FakeMailbox, message: FakeMessage): void {
  message.version++;
  record(mailbox, folderOf(mailbox, message), 'updated', message);
}

function folderOf(mailbox: FakeMailbox, message: FakeMessage): FakeFolder {
  const folder = mailbox.folders.get(message.folderId);
  if (folder === undefined) throw new Error('Its folder is gone');
  return folder;
}

function record(
  mailbox: FakeMailbox,
  folder: FakeFolder,
  kind: FolderChange['kind'],
  { immutableId, restId }: FakeMessage,
): void {
  folder.log.push({ seq: ++mailbox.seq, kind, immutableId, restId });
}
